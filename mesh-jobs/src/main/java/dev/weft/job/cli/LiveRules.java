package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleHistory;
import dev.weft.job.rules.RuleVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What a command asks the history of a job's rules, and what it says if there is no answer. */
final class LiveRules {

    private LiveRules() {}

    /** Returns the history once the job has said that it runs: it does so with its first checkpoint. */
    static RuleHistory awaitStarted(Shell shell, ControlChannel channel, JobConfig config, Duration patience)
            throws CommandFailure {
        RuleHistory history = channel.history();
        long start = System.nanoTime();
        if (!isKnown(history)) {
            shell.note("waiting until the job %s says which rules decide".formatted(config.name()));
        }
        while (!isKnown(history)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw CommandFailure.failure(
                        "no job %s says on channel %s which rules decide: does it run, with a checkpoint?"
                                .formatted(config.name(), config.control().orElseThrow()));
            }
            channel.readOn();
        }
        return history;
    }

    private static boolean isKnown(RuleHistory history) {
        return history.started().isPresent()
                && history.newest() > 0
                && history.version(history.newest()).isPresent();
    }

    /** Returns the newest version that some subtask decides by. */
    static RuleVersion inForce(RuleHistory history) {
        return history.version(history.newest()).orElseThrow();
    }

    /** Returns an earlier version. */
    static RuleVersion version(RuleHistory history, int number) throws CommandFailure {
        return history.version(number).orElseThrow(() -> {
            List<Integer> known =
                    history.versions().stream().map(RuleVersion::number).toList();
            String numbers = known.stream().map(Object::toString).collect(Collectors.joining(", "));
            return CommandFailure.input("there is no version %d: the job has had %s".formatted(number, numbers));
        });
    }

    /** Returns the config the job was last started with. */
    static JobConfig running(RuleHistory history) throws CommandFailure {
        ControlEvent.Started started = history.started().orElseThrow();
        return started.config()
                .read()
                .value()
                .orElseThrow(() -> CommandFailure.failure(
                        "the config the job was started with cannot be read by this version of Weft:%n%s"
                                .formatted(JobFile.described(
                                        started.config().read().problems()))));
    }
}
