package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.Wire;
import dev.weft.route.chain.Memory;
import dev.weft.route.chain.Question;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ChainSerializersTest {

    private static final Memory MEMORY = new Memory("372e0b5e612b721e04dfc0be976108d0", 1_767_603_600_000L);
    private static final Question QUESTION = new Question("route/key", 5, "seen", 7, 9);

    /** Written by the first build of version 1 and never changed: they stand for all savepoints. */
    private static final String MEMORY_V1 =
            "0000002033373265306235653631326237323165303464666330626539373631303864300000019b8d627a80";

    private static final String SNAPSHOT_V1 = "00000001";

    @Test
    void aMemoryIsReadFromTheBytesOfVersionOne() throws IOException {
        byte[] committed = HexFormat.of().parseHex(MEMORY_V1);

        assertThat(MemorySerializer.INSTANCE.deserialize(new DataInputDeserializer(committed)))
                .isEqualTo(MEMORY);
        assertThat(HexFormat.of().formatHex(written(MEMORY, MemorySerializer.INSTANCE)))
                .isEqualTo(MEMORY_V1);
    }

    @Test
    void aMemoryTakesUpItsOwnSnapshotAndRefusesANewerOne() throws IOException {
        assertThat(MemorySerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot(SNAPSHOT_V1))
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(MemorySerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot("00000002"))
                        .isIncompatible())
                .isTrue();
    }

    @Test
    void anUnchangedEventIsCarriedOnce() throws IOException {
        MeshEvent event = event("a");
        Pending pending = new Pending("plan", "route", 3, QUESTION, event, event);

        byte[] bytes = written(pending, PendingSerializer.INSTANCE);
        Pending read = PendingSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));

        assertThat(read).isEqualTo(pending);
        assertThat(read.read()).isSameAs(read.event());
        Pending changed = new Pending("plan", "route", 3, QUESTION, event, event("a"));
        assertThat(written(changed, PendingSerializer.INSTANCE)).hasSizeGreaterThan(bytes.length);
    }

    @Test
    void aChangedEventIsCarriedWithTheOneThatWasRead() throws IOException {
        Pending pending = new Pending("plan", "route", 3, QUESTION, event("a"), event("b"));

        byte[] bytes = written(pending, PendingSerializer.INSTANCE);

        assertThat(PendingSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
                .isEqualTo(pending);
    }

    @Test
    void aPlanIsCarried() throws IOException {
        StepsPlan plan = new StepsPlan("id", new byte[] {1, 2, 3});

        byte[] bytes = written(plan, StepsPlanSerializer.INSTANCE);
        StepsPlan read = StepsPlanSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));

        assertThat(read).isEqualTo(plan);
        assertThat(read.bytes()).containsExactly(1, 2, 3);
    }

    private static TypeSerializerSnapshot<Memory> snapshot(String hex) throws IOException {
        TypeSerializerSnapshot<Memory> snapshot = new MemorySerializer.Snapshot();
        byte[] bytes = HexFormat.of().parseHex(hex);
        snapshot.readSnapshot(
                MemorySerializer.VERSION,
                new DataInputDeserializer(bytes),
                ChainSerializersTest.class.getClassLoader());
        return snapshot;
    }

    private static <T> byte[] written(T value, ImmutableSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static MeshEvent event(String id) {
        return (MeshEvent) Wire.readFrom("orders", Wire.event(id, "order", "{}"));
    }
}
