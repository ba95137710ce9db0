package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.job.WorkflowFile.Mode;
import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.ScenarioFile;
import dev.weft.workflow.scenario.ScenarioReport;
import dev.weft.workflow.scenario.ScenarioResult;
import dev.weft.workflow.scenario.ScenarioRunner;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of workflows in Flink's operators, which end and go on from their state all the time. */
class WorkflowScenariosTest {

    /** Those with most calls. */
    private static final Set<String> CALLING =
            Set.of("calls.yaml", "compensation.yaml", "more-calls.yaml", "retry.yaml", "timeouts.yaml");

    /** RocksDB takes a while to begin. */
    private static final int SOME = 25;

    @TestFactory
    Stream<DynamicNode> allGoOnFromTheHeap() {
        return played(scenarios(file -> true), Mode.FAST, HashMapStateBackend::new);
    }

    @TestFactory
    Stream<DynamicNode> someGoOnFromRocksDb() {
        List<Scenario> all = scenarios(file -> true);
        List<Scenario> some = IntStream.range(0, all.size() / SOME)
                .mapToObj(i -> all.get(i * SOME))
                .toList();
        return played(some, Mode.FAST, EmbeddedRocksDBStateBackend::new);
    }

    @TestFactory
    Stream<DynamicNode> callsThatWaitForCheckpointsComeToTheSame() {
        return played(scenarios(file -> CALLING.contains(file.file())), Mode.STRICT, HashMapStateBackend::new);
    }

    private static Stream<DynamicNode> played(List<Scenario> scenarios, Mode mode, Supplier<StateBackend> backend) {
        ScenarioRunner runner = new ScenarioRunner((given, calls) -> new FlinkStage(given, calls, mode, backend));
        return scenarios.stream().map(each -> dynamicTest(each.toString(), () -> assertPasses(runner, each)));
    }

    private static List<Scenario> scenarios(Predicate<ScenarioFile> wanted) {
        return ScenarioSuite.all(UnaryOperator.identity()).stream()
                .filter(wanted)
                .flatMap(file -> file.scenarios().stream())
                .toList();
    }

    private static void assertPasses(ScenarioRunner runner, Scenario scenario) {
        ScenarioResult result = runner.run(scenario);
        assertThat(result.isPassed())
                .as(String.join("\n", new ScenarioReport(List.of(result)).lines()))
                .isTrue();
        assertThat(Effects.of(result.seen()))
                .isEqualTo(Effects.of(ScenarioRunner.inMemory().run(scenario).seen()));
    }
}
