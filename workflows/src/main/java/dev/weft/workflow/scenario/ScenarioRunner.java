package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.host.CommandReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Plays scenarios, each on a stage of its own, in memory; a story of hours takes some milliseconds.
 *
 * <pre>{@code
 * Checked<ScenarioFile> file = ScenarioFiles.read(path, "order.test.yaml", text);
 * ScenarioRunner runner = ScenarioRunner.inMemory();
 * List<ScenarioResult> results = file.orElseThrow().scenarios().stream().map(runner::run).toList();
 * new ScenarioReport(results).lines().forEach(System.out::println);
 * }</pre>
 */
public final class ScenarioRunner {

    private final Stage.Maker stages;

    /** Makes one that plays on stages of that maker. */
    public ScenarioRunner(Stage.Maker stages) {
        this.stages = stages;
    }

    /** Makes one that plays in memory, on the functions that workflows are in a job. */
    public static ScenarioRunner inMemory() {
        return new ScenarioRunner(Stage.inMemory());
    }

    /** Plays a scenario, up to the first look at which something is not as expected. */
    public ScenarioResult run(Scenario scenario) {
        StubbedCalls calls = new StubbedCalls(scenario.given());
        try (Stage stage = stages.make(scenario.given(), calls)) {
            Play play = new Play(stage, calls);
            int made = 0;
            for (Move move : scenario.moves()) {
                List<Difference> differences = play.make(move);
                made++;
                if (!differences.isEmpty()) {
                    return new ScenarioResult(scenario, differences, made, play.seen());
                }
            }
            return new ScenarioResult(scenario, List.of(), made, play.seen());
        }
    }

    /** One scenario while it is played. */
    private static final class Play {

        private final Stage stage;
        private final StubbedCalls calls;
        private int commands;

        Play(Stage stage, StubbedCalls calls) {
            this.stage = stage;
            this.calls = calls;
        }

        Seen seen() {
            return stage.seen().with(calls.shown());
        }

        /** Makes a move, and returns what is not as expected. */
        List<Difference> make(Move move) {
            if (move instanceof Move.Check check) {
                return Judgement.of(check.expected(), seen());
            }
            if (move instanceof Move.Reply reply) {
                return reply(reply);
            }
            if (move instanceof Move.Command command) {
                return command(command);
            }
            if (move instanceof Move.Start start) {
                stage.start(start);
            } else if (move instanceof Move.Event event) {
                stage.event(timed(event.event()), event.topic());
            } else if (move instanceof Move.Deploy deploy) {
                stage.deploy(deploy.definition());
            } else if (move instanceof Move.Stall stall) {
                stage.stall(stall.millis());
            } else if (move instanceof Move.Advance advance) {
                advanceTo(stage.now() + advance.millis());
            } else if (move instanceof Move.AdvanceTo to) {
                advanceTo(to.time());
            }
            answer();
            return List.of();
        }

        private ObjectNode timed(ObjectNode event) {
            if (event.has("time")) {
                return event;
            }
            ObjectNode timed = event.deepCopy();
            JsonNode data = timed.remove("data");
            timed.put("time", time());
            return data == null ? timed : timed.set("data", data);
        }

        private String time() {
            return Instant.ofEpochMilli(stage.now()).toString();
        }

        private void advanceTo(long time) {
            while (calls.nextDue() <= time) {
                stage.advance(Math.max(0, calls.nextDue() - stage.now()));
                answer();
            }
            stage.advance(Math.max(0, time - stage.now()));
        }

        /** An answer may bring about further calls, which may be answered at once. */
        private void answer() {
            while (calls.nextDue() <= stage.now()) {
                calls.giveDue(stage.now());
                stage.run();
            }
        }

        private List<Difference> reply(Move.Reply reply) {
            if (!calls.reply(reply.call(), reply.answer(), stage.now())) {
                return List.of(new Difference(
                        reply.at(),
                        "answer",
                        "a call that waits for it",
                        calls.shown().toString()));
            }
            answer();
            return List.of();
        }

        private List<Difference> command(Move.Command command) {
            Optional<String> instance = id(command.who());
            if (instance.isEmpty()) {
                return List.of(new Difference(command.at(), command.command(), "an instance", Comparison.nothing()));
            }
            ObjectNode event = JsonNodeFactory.instance
                    .objectNode()
                    .put("specversion", "1.0")
                    .put("id", "c" + ++commands)
                    .put("source", "/scenario")
                    .put("type", CommandReader.PREFIX + command.command())
                    .put("time", time());
            ObjectNode data = event.putObject("data").put("instance", instance.get());
            data.setAll(command.arguments());
            stage.command(event);
            answer();
            return List.of();
        }

        private Optional<String> id(Move.Who who) {
            return who.id() != null
                    ? Optional.of(who.id())
                    : stage.seen().instances().stream()
                            .skip(who.number() - 1L)
                            .findFirst()
                            .map(it -> it.path("id").asText());
        }
    }
}
