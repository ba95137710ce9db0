package dev.weft.job.flink.function;

import dev.weft.config.Location;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.scenario.Answer;
import dev.weft.workflow.scenario.Move;
import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.Scenario.Given;
import dev.weft.workflow.scenario.ScenarioResult;
import dev.weft.workflow.scenario.ScenarioRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which scenarios can be played where the clock is the world's: those that need no time to pass, and in which nothing
 * depends on what the clock shows. Each is played in memory to find out.
 */
final class TimelessScenarios {

    /** Longer than any of them is played. */
    private static final Duration A_WHILE = Duration.ofMinutes(10);

    private static final Duration ANOTHER_DAY = Duration.ofHours(34);

    private TimelessScenarios() {}

    static boolean isOne(Scenario scenario) {
        Given given = scenario.given();
        return given.secrets().isEmpty()
                && given.workflows().stream()
                        .allMatch(each ->
                                each.resources().isEmpty() && each.secrets().isEmpty())
                && ids(given).size() == given.workflows().size()
                && given.stubs().stream()
                        .flatMap(stub -> stub.answers().stream())
                        .allMatch(TimelessScenarios::isAtOnce)
                && scenario.moves().stream().allMatch(TimelessScenarios::isAtOnce)
                && nothingIsLeftToTime(scenario);
    }

    private static Set<DefinitionId> ids(Given given) {
        return Set.copyOf(given.workflows().stream().map(Definition::id).toList());
    }

    private static boolean isAtOnce(Answer answer) {
        return answer instanceof Answer.Response && answer.after() == 0;
    }

    private static boolean isAtOnce(Move move) {
        return move instanceof Move.Start
                || move instanceof Move.Event
                || move instanceof Move.Command
                || move instanceof Move.Check;
    }

    private static boolean nothingIsLeftToTime(Scenario scenario) {
        ScenarioResult played = ScenarioRunner.inMemory().run(scenario);
        Effects effects = Effects.of(played.seen()).anywhere();
        return played.isPassed()
                && played.seen().calls().stream()
                        .allMatch(call -> call.path("answered").asBoolean() && !call.has("authentication"))
                && effects.equals(effects(atAnotherTime(scenario)))
                && effects.equals(effects(waitedFor(scenario)));
    }

    private static Effects effects(Scenario scenario) {
        return Effects.of(ScenarioRunner.inMemory().run(scenario).seen()).anywhere();
    }

    private static Scenario atAnotherTime(Scenario scenario) {
        Given given = scenario.given();
        long time = given.time() + ANOTHER_DAY.toMillis();
        return new Scenario(
                scenario.at(),
                scenario.name(),
                new Given(given.workflows(), time, given.secrets(), given.lifecycle(), given.stubs()),
                scenario.moves());
    }

    private static Scenario waitedFor(Scenario scenario) {
        Location end = scenario.at();
        List<Move> moves = new ArrayList<>(scenario.moves());
        moves.add(new Move.Advance(end, A_WHILE.toMillis()));
        return new Scenario(end, scenario.name(), scenario.given(), moves);
    }
}
