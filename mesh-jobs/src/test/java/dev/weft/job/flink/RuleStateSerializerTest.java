package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RuleStateSerializerTest {

    static final RuleState STATE = new RuleState("0123abcd", "digest of the seed", version(7, "p-7"), 42);

    @Test
    void readsWhatItWrote() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);

        RuleStateSerializer.INSTANCE.serialize(STATE, out);

        assertThat(read(out.getCopyOfBuffer())).isEqualTo(STATE);
    }

    /** Bytes of the first build that kept rules. Those of another zlib may differ and must be read all the same. */
    @Test
    void readsWhatTheFirstBuildWrote() throws IOException {
        assertThat(read(committed())).isEqualTo(STATE);
    }

    @Test
    void aLongTextTakesLittleRoom() throws IOException {
        String routes = "- { name: r, from: [orders], where: { type: [shop.order] }, to: [out] }\n".repeat(10_000);
        RulesText text = new RulesText("shop.yaml", routes, new TreeMap<>());
        RuleState state = new RuleState("l", "d", new RuleVersion(1, "i", "a", text), 0);
        DataOutputSerializer out = new DataOutputSerializer(64);

        RuleStateSerializer.INSTANCE.serialize(state, out);

        assertThat(out.length()).isLessThan(routes.length() / 20);
        assertThat(read(out.getCopyOfBuffer())).isEqualTo(state);
    }

    @Test
    void refusesTheSnapshotOfANewerWeft() throws IOException {
        DataOutputSerializer newer = new DataOutputSerializer(4);
        newer.writeInt(RuleStateSerializer.VERSION + 1);
        TypeSerializerSnapshot<RuleState> snapshot = new RuleStateSerializer.Snapshot();
        snapshot.readSnapshot(
                RuleStateSerializer.VERSION,
                new DataInputDeserializer(newer.getCopyOfBuffer()),
                getClass().getClassLoader());

        assertThat(RuleStateSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot)
                        .isIncompatible())
                .isTrue();
    }

    private static RuleState read(byte[] bytes) throws IOException {
        return RuleStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
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
