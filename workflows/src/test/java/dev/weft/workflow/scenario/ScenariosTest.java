package dev.weft.workflow.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of the suite, in every way in which workflows run without Flink; all ways have the same effects. */
class ScenariosTest {

    private static final int LEAST = 150;

    private static final Map<String, Stage.Maker> WAYS = ways();

    private static Map<String, Stage.Maker> ways() {
        Map<String, Stage.Maker> ways = new LinkedHashMap<>();
        ways.put("functions", HostStage::new);
        ways.put("functions that begin again after each move", RestartingStage::new);
        ways.put("the engine", (given, calls) -> new CoreStage(given, calls, false));
        ways.put("the engine, written and read after each step", (given, calls) -> new CoreStage(given, calls, true));
        return ways;
    }

    @TestFactory
    Stream<DynamicContainer> workflowsDoWhatScenariosExpect() {
        return Suite.files().stream()
                .map(file -> dynamicContainer(
                        file.file(),
                        file.scenarios().stream().map(each -> dynamicContainer(each.name(), tests(each)))));
    }

    private static Stream<DynamicTest> tests(Scenario scenario) {
        List<ScenarioResult> results = new ArrayList<>();
        Stream<DynamicTest> played = WAYS.entrySet().stream()
                .filter(way -> way.getKey().startsWith("functions") || !needsFunctions(scenario))
                .map(way -> dynamicTest(way.getKey(), () -> {
                    ScenarioResult result = new ScenarioRunner(way.getValue()).run(scenario);
                    assertThat(result.isPassed())
                            .as(String.join("\n", new ScenarioReport(List.of(result)).lines()))
                            .isTrue();
                    results.add(result);
                }));
        return Stream.concat(played, Stream.of(dynamicTest("all the same", () -> assertAllTheSame(results))));
    }

    /** Schedules, and what is told of instances for searching, are matters of the functions. */
    private static boolean needsFunctions(Scenario scenario) {
        return scenario.given().workflows().stream()
                .anyMatch(it -> it.schedule() != null || !it.dialect().search().isEmpty());
    }

    private static void assertAllTheSame(List<ScenarioResult> results) {
        assertThat(results.stream().map(ScenariosTest::effects).distinct()).hasSizeLessThanOrEqualTo(1);
    }

    /** As text, so that numbers are equal by how they are written; instances do not wait for each other. */
    private static Map<String, List<String>> effects(ScenarioResult result) {
        Seen seen = result.seen();
        Map<String, List<String>> effects = new TreeMap<>();
        effects.put("instances", texts(seen.instances()));
        effects.put("calls", texts(seen.calls()));
        effects.put("events", texts(seen.events()).stream().sorted().toList());
        for (ObjectNode told : seen.lifecycle()) {
            JsonNode data = told.path("data");
            String instance = data.path("workflow").asText(data.path("name").asText());
            effects.computeIfAbsent("of " + instance, unused -> new ArrayList<>())
                    .add(told.toString());
        }
        return effects;
    }

    private static List<String> texts(List<ObjectNode> nodes) {
        return nodes.stream().map(ObjectNode::toString).toList();
    }

    @Test
    void thereAreAsManyScenariosAsThereShouldBe() {
        assertThat(Suite.files().stream()
                        .mapToInt(file -> file.scenarios().size())
                        .sum())
                .isGreaterThan(LEAST);
    }

    @Test
    void noSecretIsToBeSeen() {
        for (ScenarioFile file : Suite.files()) {
            for (Scenario scenario : file.scenarios()) {
                if (!scenario.given().secrets().isEmpty()) {
                    String seen = seen(ScenarioRunner.inMemory().run(scenario).seen());
                    assertThat(seen).doesNotContain(scenario.given().secrets().values());
                }
            }
        }
    }

    private static String seen(Seen seen) {
        return Stream.of(seen.instances(), seen.events(), seen.calls(), seen.lifecycle(), seen.replies(), seen.lost())
                .flatMap(List::stream)
                .map(ObjectNode::toString)
                .reduce("", String::concat);
    }
}
