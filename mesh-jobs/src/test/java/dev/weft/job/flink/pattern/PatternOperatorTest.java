package dev.weft.job.flink.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.live.Roster;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.testkit.flink.Recovery;
import dev.weft.testkit.flink.TwoInputScenario;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator around the engines, on real state and timers, that also dies after each step. */
class PatternOperatorTest {

    private static final String A_THEN_B = """
            - id: a-then-b
              to: [found]
              from: [in]
              partitionBy: data.k
              within: 100ms
              sequence:
                - { step: a, where: { type: [a] } }
                - { step: b, where: { type: [b] } }
              emit: { type: found, data: { a: "${a.data.n}", b: "${b.data.n}" } }
              onTimeout: { emit: { type: missed, data: "${waitingFor}" } }
            """;

    private static final String COUNT = """
            - id: count
              to: [found]
              from: [in]
              partitionBy: data.k
              within: 1s
              sequence: [{ step: c, where: { type: [c] }, times: 3 }]
              emit: { type: counted, data: "${count(c)}" }
            """;

    @ParameterizedTest
    @EnumSource
    void findsAMatchWhenTheWatermarkHasPassedItInWhateverOrderItsEventsCame(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B);
        try (var patterns = started(mesh, recovery)) {
            List<SeenByKey> first = mesh.sees("a", "x", 10);
            receives(patterns, mesh.sees("b", "x", 20));
            receives(patterns, first);
            receives(patterns, mesh.sees("b", "y", 15));
            patterns.timeReaches(19);
            assertThat(told(patterns)).isEmpty();
            patterns.timeReaches(20);
            assertThat(told(patterns)).containsExactly("found: found {\"a\":0,\"b\":1}@1970-01-01T00:00:00.020Z");
            patterns.timeReaches(1000);
            assertThat(told(patterns)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsATimeoutWithTheTimeOfItsDeadline(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B);
        try (var patterns = started(mesh, recovery)) {
            receives(patterns, mesh.sees("a", "x", 10));
            patterns.timeReaches(50);
            patterns.timeReaches(5000);
            assertThat(told(patterns)).containsExactly("found: missed \"b\"@1970-01-01T00:00:00.110Z");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatIsOpenWhenTheInputEnds(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B);
        try (var patterns = started(mesh, recovery)) {
            receives(patterns, mesh.sees("a", "x", 10));
            patterns.timeReaches(Long.MAX_VALUE);
            assertThat(told(patterns)).containsExactly("found: missed \"b\"@1970-01-01T00:00:00.110Z");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasSeveralPatternsOfOneKeyInOneRow(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B + COUNT);
        try (var patterns = started(mesh, recovery)) {
            for (int time = 1; time < 4; time++) {
                receives(patterns, mesh.sees("c", "x", time));
                receives(patterns, mesh.sees("a", "x", time));
            }
            patterns.timeReaches(5);
            assertThat(told(patterns)).containsExactly("found: counted 3@1970-01-01T00:00:00.003Z");
            patterns.recovers();
            assertThat(patterns.keysIn(PatternOperator.ROWS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersNothingWhenAllTimeIsOver(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B + COUNT);
        try (var patterns = started(mesh, recovery)) {
            for (int key = 0; key < 20; key++) {
                receives(patterns, mesh.sees("a", "k" + key, key));
                receives(patterns, mesh.sees("c", "k" + key, key));
            }
            patterns.recovers();
            assertThat(patterns.keysIn(PatternOperator.ROWS)).isEqualTo(20);
            patterns.timeReaches(2000);
            patterns.recovers();
            assertThat(patterns.keysIn(PatternOperator.ROWS)).isZero();
            assertThat(patterns.eventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksAtNoEventThatComesAfterItsTime(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B);
        try (var patterns = started(mesh, recovery)) {
            List<SeenByKey> late = mesh.sees("a", "x", 10);
            patterns.timeReaches(10);
            receives(patterns, late);
            receives(patterns, mesh.sees("b", "x", 20));
            patterns.timeReaches(30);
            assertThat(told(patterns)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void buriesAMatchWhoseEventCannotBeMade(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B.replace("emit: { type: found,", "emit: { type: \"${a.data.kind}\","));
        try (var patterns = started(mesh, recovery)) {
            receives(patterns, mesh.sees("a", "x", 10));
            receives(patterns, mesh.sees("b", "x", 20));
            patterns.timeReaches(30);
            Outbound buried = patterns.emitted().get(0);
            assertThat(Mesh.told(buried))
                    .isEqualTo("dead: dev.weft.pattern.unfilled {\"key\":\"x\",\"taken\":{\"a\":[{\"source\":\"/shop\","
                            + "\"id\":\"a0\"}],\"b\":[{\"source\":\"/shop\",\"id\":\"b1\"}]}}"
                            + "@1970-01-01T00:00:00.020Z");
            assertThat(Wire.header(buried.record(), "ce_weftreason")).isEqualTo("emit-failed");
        }
    }

    /** Its timer is for a deadline that was given up meanwhile: the row must get another when that goes off. */
    @ParameterizedTest
    @EnumSource
    void tellsWhatIsDueLaterThanItsTimer(Recovery recovery) throws Exception {
        Mesh mesh = Mesh.of("""
                - id: alone
                  to: [found]
                  from: [in]
                  partitionBy: data.k
                  within: 100ms
                  sequence: [{ step: a, where: { type: [a] } }, { step: b, where: { type: [b] }, absent: true }]
                  emit: { type: alone, data: "${a.data.n}" }
                """);
        try (var patterns = started(mesh, recovery)) {
            receives(patterns, mesh.sees("a", "x", 10));
            patterns.timeReaches(15);
            receives(patterns, mesh.sees("b", "x", 20));
            receives(patterns, mesh.sees("a", "x", 30));
            patterns.timeReaches(40);
            patterns.timeReaches(115);
            assertThat(told(patterns)).isEmpty();
            patterns.timeReaches(200);
            assertThat(told(patterns)).containsExactly("found: alone 2@1970-01-01T00:00:00.130Z");
        }
    }

    @Test
    void writesRowsToTheStateThatDoNotFitIntoMemory() throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B.replace("100ms", "1h"));
        int keys = 3_000; // a row weighs some hundred bytes, and there is room for a million
        try (var patterns = started(mesh, Recovery.NEVER)) {
            for (int key = 0; key < keys; key++) {
                receives(patterns, mesh.sees("a", "k" + key, key));
            }
            assertThat(patterns.keysIn(PatternOperator.ROWS)).isBetween(1L, keys - 1L);
            patterns.timeReaches(keys);
            for (int key = 0; key < keys; key++) {
                receives(patterns, mesh.sees("b", "k" + key, keys + 1));
            }
            patterns.timeReaches(keys + 1);
            assertThat(patterns.emitted()).hasSize(keys);
        }
    }

    @Test
    void takesAnEventThatComesBeforeItsPatternIsKnown() throws Exception {
        Mesh mesh = Mesh.of(A_THEN_B);
        try (var patterns =
                TwoInputScenario.of(new PatternOperator(mesh.config), SeenByKey::key, Types.STRING, Recovery.NEVER)) {
            receives(patterns, mesh.sees("a", "x", 10));
            receives(patterns, mesh.sees("b", "x", 11));
            patterns.timeReaches(12);
            patterns.hears(mesh.watch.roster());
            assertThat(told(patterns)).hasSize(1);
        }
    }

    private static TwoInputScenario<String, SeenByKey, Roster, Outbound> started(Mesh mesh, Recovery recovery)
            throws Exception {
        var scenario = TwoInputScenario.of(
                new PatternOperator(Mesh.config(A_THEN_B, "1MB")), SeenByKey::key, Types.STRING, recovery);
        scenario.hearsInEachLife(mesh.watch.roster());
        return scenario;
    }

    private static void receives(TwoInputScenario<String, SeenByKey, Roster, Outbound> patterns, List<SeenByKey> seen)
            throws Exception {
        for (SeenByKey each : seen) {
            patterns.receives(each, each.seen().time());
        }
    }

    private static List<String> told(TwoInputScenario<String, SeenByKey, Roster, Outbound> patterns) {
        return patterns.emitted().stream().map(Mesh::told).toList();
    }
}
