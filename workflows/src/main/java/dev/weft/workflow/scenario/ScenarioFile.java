package dev.weft.workflow.scenario;

import java.util.List;

/** The scenarios of one file. */
public record ScenarioFile(String file, List<Scenario> scenarios) {

    public ScenarioFile {
        scenarios = List.copyOf(scenarios);
    }
}
