package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.rules.Part;
import dev.weft.job.rules.Pause;
import dev.weft.job.rules.Pauses;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RuleStateSerializerTest {

    static final RuleState STATE = new RuleState(
            "0123abcd",
            "digest of the seed",
            version(7, "p-7"),
            42,
            new Pauses(List.of(
                    new Pause(new Part(Part.Kind.TARGET, "billing"), "me@here", "2026-11-21T09:00:00Z", "wärtung"),
                    new Pause(new Part(Part.Kind.ROUTE, "all"), "me@here", "2026-11-21T09:00:01Z", ""))));
    static final RuleState BEFORE_PAUSES =
            new RuleState(STATE.lineage(), STATE.seed(), STATE.inForce(), STATE.position(), Pauses.NONE);

    @Test
    void readsWhatItWrote() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);

        RuleStateSerializer.INSTANCE.serialize(STATE, out);

        assertThat(read(out.getCopyOfBuffer())).isEqualTo(STATE);
    }

    /** Bytes of the first build that kept rules. Those of another zlib may differ and must be read all the same. */
    @Test
    void readsWhatTheFirstBuildWrote() throws IOException {
        assertThat(readBy(1, committed())).isEqualTo(BEFORE_PAUSES);
    }

    @Test
    void aSavepointOfTheFirstBuildIsReadAsThatBuildWroteIt() throws IOException {
        TypeSerializerSnapshot<RuleState> first = snapshot(1);

        assertThat(first.restoreSerializer().deserialize(new DataInputDeserializer(committed())))
                .isEqualTo(BEFORE_PAUSES);
        assertThat(RuleStateSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(first)
                        .isCompatibleAfterMigration())
                .isTrue();
    }

    @Test
    void aLongTextTakesLittleRoom() throws IOException {
        String routes = "- { name: r, from: [orders], where: { type: [shop.order] }, to: [out] }\n".repeat(10_000);
        RulesText text = new RulesText("shop.yaml", routes, new TreeMap<>());
        RuleState state = new RuleState("l", "d", new RuleVersion(1, "i", "a", text), 0, Pauses.NONE);
        DataOutputSerializer out = new DataOutputSerializer(64);

        RuleStateSerializer.INSTANCE.serialize(state, out);

        assertThat(out.length()).isLessThan(routes.length() / 20);
        assertThat(read(out.getCopyOfBuffer())).isEqualTo(state);
    }

    @Test
    void refusesTheSnapshotOfANewerWeft() throws IOException {
        TypeSerializerSnapshot<RuleState> snapshot = snapshot(RuleStateSerializer.VERSION + 1);

        assertThat(RuleStateSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot)
                        .isIncompatible())
                .isTrue();
    }

    /** Returns the snapshot that stands in a savepoint of that version. */
    private static TypeSerializerSnapshot<RuleState> snapshot(int version) throws IOException {
        DataOutputSerializer written = new DataOutputSerializer(4);
        written.writeInt(version);
        TypeSerializerSnapshot<RuleState> snapshot = new RuleStateSerializer.Snapshot();
        snapshot.readSnapshot(
                version,
                new DataInputDeserializer(written.getCopyOfBuffer()),
                RuleStateSerializerTest.class.getClassLoader());
        return snapshot;
    }

    private static RuleState read(byte[] bytes) throws IOException {
        return readBy(RuleStateSerializer.VERSION, bytes);
    }

    private static RuleState readBy(int version, byte[] bytes) throws IOException {
        return new RuleStateSerializer(version).deserialize(new DataInputDeserializer(bytes));
    }

    private static byte[] committed() throws IOException {
        try (InputStream in = RuleStateSerializerTest.class.getResourceAsStream("v1-rule-state.hex")) {
            assertThat(in).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    private static RuleVersion version(int number, String id) {
        RulesText text = new RulesText(
                "shop.yaml",
                "spec: { routes: [ünïcödé, " + number + "] }",
                new TreeMap<>(Map.of("KAFKA", "kafka:9092")));
        return new RuleVersion(number, id, "me@here", text);
    }
}
