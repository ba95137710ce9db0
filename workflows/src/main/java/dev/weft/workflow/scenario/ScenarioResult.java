package dev.weft.workflow.scenario;

import java.util.List;

/**
 * What became of a scenario.
 *
 * @param differences what was not as expected; where there are any the story went no further
 * @param moves how many moves were made
 */
public record ScenarioResult(Scenario scenario, List<Difference> differences, int moves, Seen seen) {

    public ScenarioResult {
        differences = List.copyOf(differences);
    }

    /** Returns whether all was as expected. */
    public boolean isPassed() {
        return differences.isEmpty();
    }
}
