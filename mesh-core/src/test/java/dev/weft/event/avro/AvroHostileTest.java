package dev.weft.event.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads and schemas made to take long or to take much memory do neither. */
class AvroHostileTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"long\"}",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}}",
                "{\"type\":\"map\",\"values\":\"string\"}"
            })
    void lengthsThatAreClaimedAreNotAllocated(String schema) {
        byte[] claimsTwoBillions = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        AvroReader reader = AvroReader.of(schema);
        long before = allocated();
        PayloadReading reading = reader.read(claimsTwoBillions, Projection.everything());
        assertThat(reading.damage()).isNotNull();
        assertThat(allocated() - before).isLessThan(50_000_000);
    }

    @Test
    void aSchemaThatContainsItselfEndsAtTheDeepestLevel() {
        String itself = "{\"type\":\"record\",\"name\":\"a\",\"fields\":[{\"name\":\"l\",\"type\":\"a\"},"
                + "{\"name\":\"r\",\"type\":\"a\"}]}";
        assertThat(read(itself, new byte[100]).damage()).contains("deeper than 500 levels");
    }

    /** In a thread of half the usual stack. */
    @Test
    void theDeepestLevelIsFarFromTheEndOfTheStack() throws InterruptedException {
        String list = "{\"type\":\"record\",\"name\":\"l\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"l\"]}]}";
        byte[] deep = new byte[500];
        Arrays.fill(deep, 0, 499, (byte) 2);
        AtomicReference<PayloadReading> reading = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> reading.set(AvroReader.of(list).read(deep, Projection.everything())),
                "a small stack",
                512 << 10);
        thread.start();
        thread.join();
        assertThat(reading.get()).isNotNull().extracting(PayloadReading::damage).isNull();
    }

    @Test
    void recursionByThePayloadEndsAtTheDeepestLevel() {
        String list = "{\"type\":\"record\",\"name\":\"l\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"l\"]}]}";
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 2);
        assertThat(read(list, deep).damage()).contains("deeper than 500 levels");
    }

    /** Forty records, each twice in the next: a thousand billion nulls of no bytes at all. */
    @Test
    void aSchemaThatMultipliesIsStopped() {
        String schema = "\"null\"";
        for (int i = 0; i < 40; i++) {
            schema = "{\"type\":\"record\",\"name\":\"r%d\",\"fields\":[{\"name\":\"a\",\"type\":%s},"
                            .formatted(i, schema)
                    + "{\"name\":\"b\",\"type\":\"%s\"}]}".formatted(i == 0 ? "null" : "r" + (i - 1));
        }
        assertThat(read(schema, new byte[0]).damage()).contains("more than 10000 values that take no bytes");
    }

    @Test
    void manyOptionalFieldsThatAreNullAreRead() {
        String fields = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"name\":\"f%d\",\"type\":[\"null\",\"string\"]}".formatted(i))
                .collect(Collectors.joining(","));
        String schema = "{\"type\":\"record\",\"name\":\"wide\",\"fields\":[" + fields + "]}";
        assertThat(read(schema, new byte[20_000]).root()).hasSize(20_000);
    }

    @Test
    void decimalsAreBoundedAsNumbersOfJsonAre() {
        String schema = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":1000000}";
        byte[] payload = new byte[1_000_003];
        byte[] length = {(byte) 0x80, (byte) 0x89, 0x7A};
        System.arraycopy(length, 0, payload, 0, 3);
        assertThat(read(schema, payload).damage()).contains("a decimal has from 1 to 415 bytes, not 1000000");
    }

    @Test
    void deepSchemasAreReadOrRefused() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(400) + "\"int\"" + "}".repeat(400);
        assertThat(read(deep, new byte[1]).root()).hasToString("[]");
        String deeper = "{\"type\":\"array\",\"items\":".repeat(100_000) + "\"int\"" + "}".repeat(100_000);
        assertTimeoutPreemptively(BOUND, () -> assertThat(refusal(deeper)).contains("schema"));
    }

    private static String refusal(String schema) {
        try {
            AvroReader.of(schema);
            return "accepted";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static PayloadReading read(String schema, byte[] bytes) {
        AvroReader reader = AvroReader.of(schema);
        return assertTimeoutPreemptively(BOUND, () -> reader.read(bytes, Projection.everything()));
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
