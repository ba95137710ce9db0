package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Nearest;
import dev.weft.delivery.Target;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.Part;
import dev.weft.job.rules.Pause;
import dev.weft.job.rules.RuleHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code weft pause} and {@code weft resume} have in common: which part, and waiting until all of the job knows.
 */
final class PausePart {

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TARGET", description = "the name of a target")
    private @Nullable String target;

    @Option(names = "--route", paramLabel = "NAME", description = "a route, in place of a target")
    private @Nullable String route;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            description = "who is said to have wanted it (default: the user of this machine)")
    private String author = System.getProperty("user.name", "somebody");

    @Mixin
    private SubtasksOption subtasks = new SubtasksOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /**
     * Has the part stand still or go on, and returns when every subtask has said so.
     *
     * @param why in the author's words; empty if none were said
     */
    void say(Shell shell, String why, boolean ends) throws CommandFailure, InterruptedException {
        Part part = part();
        JobFile read = JobFile.read(shell, file);
        refuseWithoutControl(read);
        try (ControlChannel channel = options.open(shell, read)) {
            RuleHistory history = subtasks.started(shell, channel, read.config());
            refuseUnknown(history, part);
            boolean isSo = history.pauses().of(part).isPresent() != ends;
            if (!isSo) {
                propose(
                        shell,
                        channel,
                        history,
                        new Pause(part, author, Instant.now().toString(), why),
                        ends);
            }
            report(shell, history, part, ends, !isSo);
        }
    }

    private static void refuseWithoutControl(JobFile read) throws CommandFailure {
        JobConfig config = read.config();
        if (config.control().isEmpty()) {
            throw CommandFailure.input(
                    """
                    %1$s: there is no spec.control, so nobody can tell the running job %2$s to pause anything.
                    Add a channel with a topic of its own, and name it:
                      channels:
                        control: { topic: %2$s.control }
                      control: control
                    Then stop the job, and go on with the changed file:
                      %3$s stop %2$s --jobmanager URL
                      %3$s submit %4$s --jobmanager URL --from-savepoint PLACE""".formatted(InputFile.named(read.name()), config.name(), Shell.command(), read.name()));
        }
    }

    private Part part() throws CommandFailure {
        String named = route;
        if (named != null && target == null) {
            return new Part(Part.Kind.ROUTE, named);
        }
        if (target != null && route == null) {
            return new Part(Part.Kind.TARGET, target);
        }
        throw CommandFailure.input("found %s, expected the name of a target, or --route with that of a route"
                .formatted(target == null ? "neither a target nor a route" : "a target and a route"));
    }

    private void refuseUnknown(RuleHistory history, Part part) throws CommandFailure {
        JobConfig running = LiveRules.running(history);
        Collection<String> known = switch (part.kind()) {
            case ROUTE -> LiveRules.inForce(history).rules().routing().routes().keySet();
            case TARGET -> running.targets().stream().map(Target::name).toList();
        };
        if (!known.contains(part.name())) {
            String hint = Nearest.to(part.name(), known)
                    .map(name -> ". Did you mean \"" + name + "\"?")
                    .orElse("");
            throw CommandFailure.input("the running job %s: found no %s, expected %s%s"
                    .formatted(running.name(), part, Nearest.list(known), hint));
        }
    }

    private void propose(Shell shell, ControlChannel channel, RuleHistory history, Pause pause, boolean ends)
            throws CommandFailure, InterruptedException {
        ControlEvent.Started started = history.started().orElseThrow();
        String id = UUID.randomUUID().toString();
        long offset =
                channel.say(new ControlEvent.Pausing(started.job(), started.lineage(), id, pause, ends), Instant.now());
        subtasks.await(shell, channel, started, new Knowing(offset, file));
        if (history.pauses().of(pause.part()).isPresent() == ends) {
            throw CommandFailure.failure("%s was %s again, or is gone, since: %s rules %s"
                    .formatted(pause.part(), ends ? "paused" : "resumed", Shell.command(), file));
        }
    }

    private void report(Shell shell, RuleHistory history, Part part, boolean ends, boolean changed) {
        String state = ends ? "goes on" : "is paused";
        if (output.isJson()) {
            ObjectNode json = Json.object()
                    .put("job", history.started().orElseThrow().job())
                    .put(part.kind().word(), part.name())
                    .put("paused", !ends)
                    .put("changed", changed)
                    .put("subtasks", history.subtasks());
            shell.say(Json.pretty(json));
        } else if (changed) {
            shell.say("%s %s on all %s".formatted(part, state, Counted.of(history.subtasks(), "subtask")));
        } else {
            shell.say("nothing to change: %s %s".formatted(part, state));
        }
    }

    /** Returns one line for each part that stands still. */
    static List<String> lines(RuleHistory history) {
        return history.pauses().all().stream()
                .map(pause -> "%s is paused: by %s at %s%s"
                        .formatted(
                                pause.part(),
                                pause.author(),
                                pause.at(),
                                pause.why().isEmpty() ? "" : ", " + pause.why()))
                .toList();
    }

    /** What is waited for: that all know what was said at that offset. */
    private record Knowing(long offset, String file) implements SubtasksOption.Change {

        @Override
        public int known(RuleHistory history) {
            return history.holdingBeyond(offset);
        }

        @Override
        public String progress(int known, String subtasks) {
            return "%d of %s know".formatted(known, subtasks);
        }

        @Override
        public String tooLate(int known, String subtasks, String waited) {
            return "only %d of %s said within %s that they know. The job does it when it can: %s rules %s"
                    .formatted(known, subtasks, waited, Shell.command(), file);
        }

        @Override
        public String again() {
            return "say it again";
        }
    }
}
