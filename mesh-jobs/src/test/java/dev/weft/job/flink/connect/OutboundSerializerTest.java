package dev.weft.job.flink.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.event.flink.WireFormat;
import dev.weft.job.Wire;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutboundSerializerTest {

    private static final OutboundSerializer SERIALIZER = OutboundSerializer.INSTANCE;

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void givesBackWhatItTook(String name, WireRecord record) throws IOException {
        Outbound outbound = new Outbound("shop.orders.größe", record);
        DataOutputSerializer out = new DataOutputSerializer(16);

        SERIALIZER.serialize(outbound, out);

        assertThat(SERIALIZER.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(outbound);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void copiesTheBytesOfWhatItTook(String name, WireRecord record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        DataOutputSerializer copy = new DataOutputSerializer(16);
        SERIALIZER.serialize(new Outbound("t", record), out);

        SERIALIZER.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);

        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void takesUpItsOwnSnapshotAsIs() throws IOException {
        assertThat(SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(snapshotOf(WireFormat.VERSION)))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
    }

    @Test
    void refusesTheSnapshotOfANewerWeft() throws IOException {
        assertThat(SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(snapshotOf(WireFormat.VERSION + 1)))
                .matches(compatibility -> compatibility.isIncompatible());
    }

    private static OutboundSerializer.Snapshot snapshotOf(int version) throws IOException {
        DataOutputSerializer written = new DataOutputSerializer(4);
        written.writeInt(version);
        var snapshot = new OutboundSerializer.Snapshot();
        snapshot.readSnapshot(
                version,
                new DataInputDeserializer(written.getCopyOfBuffer()),
                OutboundSerializerTest.class.getClassLoader());
        return snapshot;
    }

    static Stream<Arguments> records() {
        WireHeaders odd = new WireHeaders.Builder()
                .add("", new byte[0])
                .add("twice", Wire.utf8("1"))
                .add("twice", Wire.utf8("2"))
                .add("nothing", null)
                .build();
        return Stream.of(
                arguments("an event", Wire.event("1", "order", "{}")),
                arguments("a tombstone", new WireRecord(Wire.utf8("key"), WireHeaders.NONE, null)),
                arguments("no key", new WireRecord(null, odd, new byte[] {0, -1})),
                arguments("nothing at all", new WireRecord(null, WireHeaders.NONE, null)),
                arguments("empty is not nothing", new WireRecord(new byte[0], WireHeaders.NONE, new byte[0])));
    }
}
