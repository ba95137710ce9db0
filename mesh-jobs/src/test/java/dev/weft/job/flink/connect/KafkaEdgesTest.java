package dev.weft.job.flink.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaEdgesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"shop, true", "shop2, false", "shop-eu, false", "sho, false", "s, false"})
    void aRestoreEndsOnlyTheTransactionsOfItsOwnJob(String other, boolean ended) {
        String prefix = KafkaEdges.transactionalIdPrefix(job("shop"));

        String transactionalId = KafkaEdges.transactionalIdPrefix(job(other)) + "-0-1";

        assertThat(transactionalId.startsWith(prefix)).isEqualTo(ended);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "shop.orders, true",
        "shop-orders, false", // a dot of a name is a dot
        "shop.orders.eu, false",
        "log.a, true",
        "log.b, true",
        "log.c, false",
        "old.1, true",
        "older.1, false",
        "not.read, false",
        "out, false"
    })
    void namesAndPatternsAreReadByOneSource(String topic, boolean read) {
        assertThat(KafkaEdges.anyOf(job("shop").sources()).matcher(topic).matches())
                .isEqualTo(read);
    }

    @Test
    void anAlternativeOfOnePatternDoesNotReachIntoTheNext() {
        Pattern pattern = KafkaEdges.anyOf(job("shop").sources());

        assertThat(Stream.of("log.a|log.b", "b|old.1", "log.aold.1", ""))
                .noneMatch(topic -> pattern.matcher(topic).matches());
    }

    private static JobConfig job(String name) {
        return Jobs.named(name, """
                channels:
                  orders: { topic: shop.orders }
                  logs: { topicPattern: 'log\\.a|log\\.b' }
                  old: { topicPattern: 'old\\..*' }
                  unread: { topic: not.read }
                  out: { topic: out }
                deadLetter: out
                routes: [{ name: all, from: [orders, logs, old], to: [out] }]
                """);
    }
}
