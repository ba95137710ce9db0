package dev.weft.workflow.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFilesTest {

    private static final String WORKFLOW = "workflow: { do: [ { only: { set: { a: 1 } } } ] }\n";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "scenarios: []",
                        "1:12: $.scenarios: found an empty list, expected a list, with at least a scenario"),
                mistake(
                        "scenarios: [ { name: a, then: {} } ]",
                        "1:14: $.scenarios[0]: found a scenario without a workflow, expected workflow, here or for all"
                                + " scenarios of the file"),
                mistake(
                        WORKFLOW + "scenarios: [ { then: {} } ]",
                        "2:14: $.scenarios[0].name: found nothing, expected text"),
                mistake(
                        WORKFLOW + "scenarios: [ { name: a, then: {} }, { name: a, then: {} } ]",
                        "2:37: $.scenarios[1]: found the name \"a\" a second time, expected each name once"),
                mistake(
                        scenario("when: [ { advence: 1h } ]"),
                        "2:45: $.scenarios[0].when[0].advence: found unknown move \"advence\", expected one of start,"
                                + " event, advance, until, stall, cancel, suspend, resume, compensate, reset, migrate,"
                                + " get, answer, deploy, then. Did you mean \"advance\"?"),
                mistake(
                        scenario("when: [ { advance: soon } ]"),
                        "2:54: $.scenarios[0].when[0].advance: found \"soon\", expected a duration such as 10m or"
                                + " PT10M"),
                mistake(
                        scenario("when: [ { until: tomorrow } ]"),
                        "2:52: $.scenarios[0].when[0].until: found \"tomorrow\", expected a time such as"
                                + " 2026-11-21T03:00:00Z"),
                mistake(
                        scenario("when: [ { event: { data: 1 } } ]"),
                        "2:52: $.scenarios[0].when[0].event: found an event without a type, expected type"),
                mistake(
                        scenario("when: [ { start: { workflow: scenari } } ]"),
                        "2:64: $.scenarios[0].when[0].start.workflow: found unknown workflow \"scenari\", expected"
                                + " scenario. Did you mean \"scenario\"?"),
                mistake(
                        scenario("when: [ { then: { status: complete } } ]"),
                        "2:61: $.scenarios[0].when[0].then.status: found unknown status \"complete\", expected one of"
                                + " pending, running, waiting, suspended, cancelled, faulted, completed. Did you mean"
                                + " \"completed\"?"),
                mistake(
                        scenario("given: { calls: [ { uri: /x } ] }"),
                        "2:53: $.scenarios[0].given.calls[0].answers: found nothing, expected a list, with at least an"
                                + " answer"),
                mistake(
                        scenario("given: { calls: [ { answers: [ { status: 1000 } ] } ] }"),
                        "2:76: $.scenarios[0].given.calls[0].answers[0].status: found the number 1000, expected a"
                                + " whole number from 100 to 599"),
                mistake(
                        "workflow: nowhere.yaml\nscenarios: [ { name: a, then: {} } ]",
                        "1:11: $.workflow: found \"nowhere.yaml\", which cannot be read, expected a file beside this"
                                + " one"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void mistakesAreToldWithTheirPlaces(String text, String message) {
        assertThat(messages(read(text))).containsExactly("test.yaml:" + message);
    }

    @Test
    void mistakesOfWorkflowsAreToldWithTheirOwnPlaces(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("order.yaml"), "do:\n  - only: { sett: {} }\n");
        String text = "workflow: order.yaml\nscenarios: [ { name: a, then: {} } ]";
        Checked<ScenarioFile> read = ScenarioFiles.read(folder.resolve("test.yaml"), "test.yaml", text);
        assertThat(messages(read)).anySatisfy(message -> assertThat(message).startsWith("order.yaml:2:"));
    }

    @Test
    void anInstanceBeginsByItselfUnlessTheStoryStartsOne() {
        String text = WORKFLOW + "scenarios: [ { name: a, then: {} }, { name: b, when: [ start, start ], then: {} } ]";
        List<Scenario> scenarios = read(text).orElseThrow().scenarios();
        assertThat(starts(scenarios.get(0))).isEqualTo(1);
        assertThat(starts(scenarios.get(1))).isEqualTo(2);
    }

    private static long starts(Scenario scenario) {
        return scenario.moves().stream().filter(Move.Start.class::isInstance).count();
    }

    private static Checked<ScenarioFile> read(String text) {
        return ScenarioFiles.read(Path.of("test.yaml"), "test.yaml", text);
    }

    private static List<String> messages(Checked<ScenarioFile> read) {
        return read.problems().stream().map(Problem::message).toList();
    }

    private static String scenario(String member) {
        return WORKFLOW + "scenarios: [ { name: a, then: {}, " + member + " } ]";
    }

    private static Arguments mistake(String text, String message) {
        return Arguments.of(text, message);
    }
}
