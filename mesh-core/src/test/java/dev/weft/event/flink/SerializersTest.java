package dev.weft.event.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {

    private static final Origin ORIGIN = new Origin("orders", 3, 42, 1_767_603_600_000L);

    @ParameterizedTest(name = "{0}")
    @MethodSource("received")
    void giveBackWhatTheyTook(String name, Received received) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);

        ReceivedSerializer.INSTANCE.serialize(received, out);

        assertThat(ReceivedSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(received);
    }

    /** The bytes were written by the first build of version 1 and are never changed: they stand for all savepoints. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("received")
    void readTheBytesOfVersionOne(String name, Received received) throws IOException {
        byte[] committed = committed(name);

        assertThat(ReceivedSerializer.INSTANCE.deserialize(new DataInputDeserializer(committed)))
                .isEqualTo(received);
    }

    @Test
    void takeUpTheirOwnSnapshotAsIs() throws IOException {
        TypeSerializerSnapshot<Received> old = readSnapshot(committed("snapshot"));

        assertThat(ReceivedSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(old)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void refuseTheSnapshotOfANewerWeft() throws IOException {
        DataOutputSerializer newer = new DataOutputSerializer(4);
        newer.writeInt(WireFormat.VERSION + 1);

        assertThat(ReceivedSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(readSnapshot(newer.getCopyOfBuffer()))
                        .isIncompatible())
                .isTrue();
    }

    @Test
    void refuseARecordOfANewerWeft() {
        DataInputDeserializer newer = new DataInputDeserializer(new byte[] {9});

        assertThatThrownBy(() -> ReceivedSerializer.INSTANCE.deserialize(newer)).hasMessageContaining("newer Weft");
    }

    @Test
    void readAttributesOfAnEventThatWasStored() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        MeshEventSerializer.INSTANCE.serialize(binaryEvent(), out);

        MeshEvent read = MeshEventSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(read.getType()).isEqualTo("order");
        assertThat(read.data()).hasToString("{\"amount\":5}");
        assertThat(read.origin()).isEqualTo(ORIGIN);
    }

    private static TypeSerializerSnapshot<Received> readSnapshot(byte[] bytes) throws IOException {
        TypeSerializerSnapshot<Received> snapshot = new ReceivedSerializer.Snapshot();
        snapshot.readSnapshot(
                WireFormat.VERSION, new DataInputDeserializer(bytes), SerializersTest.class.getClassLoader());
        return snapshot;
    }

    private static byte[] committed(String name) throws IOException {
        try (InputStream in = SerializersTest.class.getResourceAsStream("v1-" + name.replace(' ', '-') + ".hex")) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    static Stream<Arguments> received() {
        return Stream.of(
                arguments("binary event", binaryEvent()),
                arguments("structured event", structuredEvent()),
                arguments("refused record", refused()));
    }

    private static MeshEvent binaryEvent() {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8("1"))
                .add("ce_source", utf8("/shop"))
                .add("ce_type", utf8("order"))
                .add("content-type", utf8("application/json"))
                .add("nothing", null)
                .build();
        return MeshEvent.stored(ORIGIN, new WireRecord(utf8("key"), headers, utf8("{\"amount\":5}")));
    }

    private static MeshEvent structuredEvent() {
        WireHeaders headers = new WireHeaders.Builder()
                .add("content-type", utf8("application/cloudevents+json"))
                .build();
        return MeshEvent.stored(
                ORIGIN,
                new WireRecord(
                        null,
                        headers,
                        utf8("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}")));
    }

    private static RefusedRecord refused() {
        return new RefusedRecord(
                ORIGIN, new WireRecord(null, WireHeaders.NONE, null), Reason.TOMBSTONE, "nothing but ünïcödé");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
