package dev.weft.workflow.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioReportTest {

    private static final String WORKFLOW = """
            workflow:
              do:
                - ask: { call: http, with: { method: get, endpoint: "https://api.test/x" } }
                - keep: { set: { total: "${ .total }", items: "${ .items }" } }
            """;

    @Test
    void whatIsAsExpectedIsALine() {
        ScenarioReport report = played("""
                scenarios:
                  - name: it works
                    given: { calls: [{ answers: [{ body: { total: 3, items: [1, 2] } }] }] }
                    then: { status: completed, outputHas: { total: 3.0 } }
                """);
        assertThat(report.isPassed()).isTrue();
        assertThat(report.lines()).containsExactly("ok      t.yaml:6  it works", "", "passed: 1 scenario");
    }

    @Test
    void eachDifferenceIsToldWithTheLineThatExpectsOtherwise() {
        ScenarioReport report = played("""
                scenarios:
                  - name: it does not work
                    given: { calls: [{ answers: [{ body: { total: 3, items: [1, 2] } }] }] }
                    then:
                      output:
                        total: 4
                        items: [1]
                      events: [shop.told]
                """);
        assertThat(report.isPassed()).isFalse();
        assertThat(report.lines())
                .startsWith(
                        "FAILED  t.yaml:6  it does not work",
                        "  t.yaml:10  output.total: expected 4, found 3",
                        "  t.yaml:11  output.items[1]: expected nothing, found 2",
                        "  t.yaml:12  events[0]: expected \"shop.told\", found nothing",
                        "  what there was:")
                .endsWith("", "FAILED: 1 of 1 scenario");
    }

    @Test
    void whatComesAfterTheFirstDifferenceIsNotPlayed() {
        ScenarioReport report = played("""
                scenarios:
                  - name: it waits
                    when: [ then: { status: completed }, then: { status: faulted } ]
                    then: {}
                """);
        assertThat(report.lines()).contains("  t.yaml:7  status: expected \"completed\", found \"waiting\"");
        assertThat(report.lines()).noneMatch(line -> line.contains("faulted"));
    }

    @Test
    void aCallThatNobodyAnswersIsShown() {
        ScenarioReport report = played("scenarios: [ { name: it waits, then: { status: completed } } ]");
        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("    call     {\"method\":\"GET\",\"uri\":\"https://api.test/x\"")
                        && line.endsWith("\"answered\":false}"));
    }

    @Test
    void programsAreToldTheSame() {
        ScenarioReport report = played("scenarios: [ { name: it waits, then: { status: completed } } ]");
        assertThat(report.json().path("passed").asBoolean(true)).isFalse();
        assertThat(report.json().at("/results/0/differences/0").toString())
                .isEqualTo("{\"file\":\"t.yaml\",\"line\":5,\"what\":\"status\",\"expected\":\"\\\"completed\\\"\","
                        + "\"found\":\"\\\"waiting\\\"\"}");
        assertThat(report.json().at("/results/0/seen/calls/0/method").asText()).isEqualTo("GET");
    }

    private static ScenarioReport played(String scenarios) {
        ScenarioFile file = ScenarioFiles.read(Path.of("t.yaml"), "t.yaml", WORKFLOW + scenarios)
                .orElseThrow();
        ScenarioRunner runner = ScenarioRunner.inMemory();
        List<ScenarioResult> results =
                file.scenarios().stream().map(runner::run).toList();
        return new ScenarioReport(results);
    }
}
