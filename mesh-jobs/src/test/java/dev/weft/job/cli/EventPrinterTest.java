package dev.weft.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.PayloadReaders;
import dev.weft.event.WireRecord;
import dev.weft.job.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPrinterTest {

    /** ESC and CSI begin what moves a cursor or renames a window; JSON lets the second stand as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\u009b2J\"}", "{\"a\":\"\u001b[2J\"}", "{\"a\":\"\\u009b2J\"}"})
    void noPayloadSteersTheTerminal(String payload) {
        assertThat(EventPrinter.pretty(read(payload), PayloadReaders.jsonOnly()))
                .doesNotContain("\u009b", "\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999"})
    void anEventWithANumberThatNobodyReadsIsPrintedAllTheSame(String number) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"t\",\"data\":{\"n\":%s}}";
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "orders", 0, 1, null, event.formatted(number).getBytes(UTF_8));
        record.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));

        assertThat(EventPrinter.json(record)).contains("\"id\":\"1\"", "\"data\":{\"n\":");
    }

    @Test
    void aPayloadIsShownOverSeveralLines() {
        assertThat(EventPrinter.pretty(read("{\"a\":1}"), PayloadReaders.jsonOnly()))
                .endsWith("\n  {\n    \"a\" : 1\n  }");
    }

    private static ConsumerRecord<byte[], byte[]> read(String payload) {
        WireRecord event = Wire.event("1", "order", payload);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders", 0, 1, event.key(), event.value());
        for (int i = 0; i < event.headers().size(); i++) {
            record.headers().add(event.headers().name(i), event.headers().value(i));
        }
        return record;
    }
}
