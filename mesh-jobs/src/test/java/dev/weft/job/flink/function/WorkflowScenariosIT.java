package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.ScenarioReport;
import dev.weft.workflow.scenario.ScenarioResult;
import dev.weft.workflow.scenario.ScenarioRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of workflows as real jobs, each its own: Kafka, HTTP, Flink's scheduler and checkpoints, and the clock of
 * the world. They come to what they come to in memory.
 */
class WorkflowScenariosIT {

    /** So many jobs at a time; most of what one takes is waiting for checkpoints. */
    private static final int AT_ONCE = 4;

    /** Of each file, in a usual build. */
    private static final int MAIN = 1;

    @TempDir
    private Path folder;

    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
    private ScenarioCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = ScenarioCluster.start(folder, AT_ONCE);
    }

    @AfterEach
    void stop() throws Exception {
        players.shutdownNow();
        cluster.close();
    }

    @TestFactory
    Stream<DynamicNode> theMainOnesComeToTheSameOnACluster() {
        return played(MAIN);
    }

    /** {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @TestFactory
    @Tag("chaos")
    Stream<DynamicNode> allThatNeedNoTimeComeToTheSameOnACluster() {
        return played(Integer.MAX_VALUE);
    }

    private Stream<DynamicNode> played(int ofEachFile) {
        List<Scenario> chosen = ScenarioSuite.all(UnaryOperator.identity()).stream()
                .flatMap(file -> file.scenarios().stream()
                        .filter(TimelessScenarios::isOne)
                        .limit(ofEachFile))
                .toList();
        List<DynamicNode> tests = new ArrayList<>();
        for (Scenario each : chosen) {
            String job = "scenario-" + tests.size();
            Future<ScenarioResult> result = players.submit(() -> play(job, each));
            tests.add(dynamicTest(each.toString(), () -> assertPasses(result.get())));
        }
        return tests.stream();
    }

    private ScenarioResult play(String job, Scenario chosen) throws Exception {
        try (StubServer server = StubServer.start()) {
            Scenario scenario = ScenarioSuite.file(chosen.at().file(), server::inPlaceOfOthers).scenarios().stream()
                    .filter(each -> each.name().equals(chosen.name()))
                    .findFirst()
                    .orElseThrow();
            return new ScenarioRunner((given, calls) -> new ClusterStage(cluster, job, given, calls, server))
                    .run(scenario);
        }
    }

    private static void assertPasses(ScenarioResult result) {
        assertThat(result.isPassed())
                .as(String.join("\n", new ScenarioReport(List.of(result)).lines()))
                .isTrue();
    }
}
