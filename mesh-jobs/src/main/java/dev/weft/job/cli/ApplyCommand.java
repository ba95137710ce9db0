package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.FixedParts;
import dev.weft.job.rules.RuleHistory;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesDifference;
import dev.weft.job.rules.RulesText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft apply}: other rules for a job that runs. */
@Command(
        name = "apply",
        description = {
            "Change the routes of a running job; returns when every subtask decides by them.",
            "Shows the difference first. What cannot change while the job runs is refused and named."
        },
        footer = {
            "",
            "Examples:",
            "  weft apply shop.yaml --dry-run                       only what would change",
            "  weft apply shop.yaml                                 the file's routes are the next version",
            "  weft apply shop.yaml --version 3                     back to the routes of version 3",
            "  weft apply shop.yaml --what-if --from 1h             what they would have done to the last hour"
        })
final class ApplyCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "take the routes of that earlier version; the file only says where the job is")
    private @Nullable Integer version;

    @Option(
            names = "--effective-from",
            paramLabel = "WHEN",
            description = {
                "patterns change for events from that time on: 2026-11-21T03:00:00Z,",
                "or 10s, in ten seconds (default: now)"
            })
    private @Nullable String effectiveFrom;

    @Option(names = "--dry-run", description = "show the difference and change nothing")
    private boolean dryRun;

    @ArgGroup(exclusive = false, heading = "Trying them on events that were:%n")
    private @Nullable WhatIfOptions whatIf;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            description = "who is said to have changed them (default: the user of this machine)")
    private String author = System.getProperty("user.name", "somebody");

    @Mixin
    private SubtasksOption subtasks = new SubtasksOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ApplyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        JobFile read = JobFile.read(shell, file);
        try (ControlChannel channel = options.open(shell, read)) {
            RuleHistory history = subtasks.started(shell, channel, read.config());
            RuleVersion inForce = LiveRules.inForce(history);
            RulesText wanted = version == null
                    ? read.rules()
                    : LiveRules.version(history, version).rules();
            refuseFixed(history, wanted);
            RulesDifference difference = RulesDifference.between(inForce.rules(), wanted);
            if (whatIf != null) {
                return whatIf.run(shell, options, LiveRules.running(history), inForce, wanted, output);
            }
            show(inForce, difference);
            if (difference.isEmpty()) {
                report(inForce.number(), false, difference, history);
                return ExitCodes.OK;
            }
            if (dryRun) {
                report(inForce.number() + 1, false, difference, history);
                return ExitCodes.OK;
            }
            propose(channel, history, inForce, wanted, difference);
        }
        return ExitCodes.OK;
    }

    private void refuseFixed(RuleHistory history, RulesText wanted) throws CommandFailure {
        JobConfig running = LiveRules.running(history);
        List<String> fixed = FixedParts.differences(running, wanted.read().orElseThrow());
        if (!fixed.isEmpty()) {
            List<String> lines = new ArrayList<>();
            fixed.forEach(each -> lines.add(InputFile.named(file) + ": " + each));
            lines.add("These cannot change while the job runs. Stop it, and go on with the changed file:");
            lines.add("  %s stop %s --jobmanager URL".formatted(Shell.command(), running.name()));
            lines.add("  %s submit %s --jobmanager URL --from-savepoint PLACE".formatted(Shell.command(), file));
            throw CommandFailure.input(String.join(System.lineSeparator(), lines));
        }
    }

    private void show(RuleVersion inForce, RulesDifference difference) {
        if (!output.isJson()) {
            shell.say("from version %d to %s:"
                    .formatted(inForce.number(), version == null ? InputFile.named(file) : "version " + version));
            DifferenceText.lines(difference).forEach(shell::say);
        }
    }

    private void propose(
            ControlChannel channel,
            RuleHistory history,
            RuleVersion inForce,
            RulesText wanted,
            RulesDifference difference)
            throws CommandFailure, InterruptedException {
        ControlEvent.Started started = history.started().orElseThrow();
        Instant now = Instant.now();
        String effective = effectiveFrom == null
                ? null
                : WhenText.parseAhead("weft apply: --effective-from", effectiveFrom, now)
                        .toString();
        String id = UUID.randomUUID().toString();
        RuleVersion next = new RuleVersion(inForce.number() + 1, id, author, wanted);
        long unused = channel.say(
                new ControlEvent.Proposed(
                        started.job(), started.lineage(), next, inForce.rules().digest(), effective),
                now);
        shell.note("proposed version " + next.number());
        subtasks.await(shell, channel, started, new Deciding(next, file));
        report(next.number(), true, difference, history);
    }

    private void report(int number, boolean applied, RulesDifference difference, RuleHistory history) {
        if (output.isJson()) {
            ObjectNode json = Json.object()
                    .put("job", history.started().orElseThrow().job())
                    .put("version", number)
                    .put("applied", applied)
                    .put("subtasks", history.subtasks());
            json.set("difference", DifferenceText.json(difference));
            shell.say(Json.pretty(json));
        } else if (applied) {
            shell.say("version %d decides on all %s".formatted(number, Counted.of(history.subtasks(), "subtask")));
        } else if (difference.isEmpty()) {
            shell.say("nothing to change: version %d has these routes".formatted(number));
        } else {
            shell.say("nothing was changed; it would be version " + number);
        }
    }

    /** What is waited for: that all decide by the version. */
    private record Deciding(RuleVersion version, String file) implements SubtasksOption.Change {

        @Override
        public int known(RuleHistory history) throws CommandFailure {
            List<String> problems = history.refusal(version.id());
            if (!problems.isEmpty()) {
                throw CommandFailure.failure("the job refused version %d and goes on as it did:%n%s"
                        .formatted(version.number(), String.join(System.lineSeparator(), problems)));
            }
            return history.decidingBy(version.number()).size();
        }

        @Override
        public String progress(int known, String subtasks) {
            return "version %d: %d of %s".formatted(version.number(), known, subtasks);
        }

        @Override
        public String tooLate(int known, String subtasks, String waited) {
            return "version %d: only %d of %s said within %s that they decide by it. The job takes it when it can: %s rules %s"
                    .formatted(version.number(), known, subtasks, waited, Shell.command(), file);
        }

        @Override
        public String again() {
            return "apply again";
        }
    }
}
