package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.SecretText;
import dev.weft.config.SecretUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    private static final KafkaSettings SETTINGS = new KafkaSettings(
            List.of("a:1", "b:2"),
            Map.of("ssl.key.password", new SecretText("${env:PW}")),
            "weft-shop",
            StartFrom.COMMITTED,
            Duration.ofSeconds(30));

    @Test
    void clientsGetServersAndSecrets() {
        assertThat(SETTINGS.clientProperties(Map.of("PW", "hunter2")))
                .containsOnly(Map.entry("bootstrap.servers", "a:1,b:2"), Map.entry("ssl.key.password", "hunter2"));
    }

    @Test
    void aMissingSecretIsNamed() {
        assertThatThrownBy(() -> SETTINGS.clientProperties(Map.of()))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessageContaining("PW");
    }

    @Test
    void printsReferencesOnly() {
        SETTINGS.clientProperties(Map.of("PW", "hunter2"));
        assertThat(SETTINGS.toString()).contains("${env:PW}").doesNotContain("hunter2");
    }

    @Test
    void transactionsStayOpenAsLongAsABrokerAllowsOrTheFileSays() {
        KafkaSettings longer = new KafkaSettings(
                SETTINGS.bootstrapServers(),
                Map.of("transaction.timeout.ms", new SecretText("3600000")),
                "weft-shop",
                StartFrom.COMMITTED,
                Duration.ofSeconds(30));

        assertThat(SETTINGS.transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(longer.transactionTimeout()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void otherServersLeaveTheRestAsItIs() {
        KafkaSettings here = SETTINGS.withBootstrapServers(List.of("localhost:9092"));
        assertThat(here.bootstrap()).isEqualTo("localhost:9092");
        assertThat(here.withBootstrapServers(SETTINGS.bootstrapServers())).isEqualTo(SETTINGS);
    }
}
