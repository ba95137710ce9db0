package dev.weft.job.cli;

import dev.weft.config.DurationText;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleHistory;
import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --timeout}: waits until every subtask of a running job has said that it knows of a change. */
final class SubtasksOption {

    @Option(
            names = "--timeout",
            defaultValue = "2m",
            paramLabel = "DURATION",
            description = "how long to wait for every subtask (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(2);

    /** What was said to a running job, in the words of the command that said it. */
    interface Change {

        /** Returns how many subtasks have said that they know; fails if the job wants none of it. */
        int known(RuleHistory history) throws CommandFailure;

        /** Says how far it is: {@code known} of so many. */
        String progress(int known, String subtasks);

        /** Says that time ran out. */
        String tooLate(int known, String subtasks, String waited);

        /** What a person is told to do if the job lost its state, and the change with it. */
        String again();
    }

    /** Returns the history of the job once it has said that it runs. */
    RuleHistory started(Shell shell, ControlChannel channel, JobConfig config) throws CommandFailure {
        return LiveRules.awaitStarted(shell, channel, config, timeout);
    }

    /**
     * Returns when all know.
     *
     * @param started the start of the job the change was said to
     */
    void await(Shell shell, ControlChannel channel, ControlEvent.Started started, Change change) throws CommandFailure {
        RuleHistory history = channel.history();
        long start = System.nanoTime();
        int seen = -1;
        while (true) {
            int known = change.known(history);
            ControlEvent.Started now = history.started().orElse(started);
            if (!now.lineage().equals(started.lineage())) {
                throw CommandFailure.failure(
                        "the job was started anew meanwhile, without its state: " + change.again());
            }
            String subtasks = Counted.of(history.subtasks(), "subtask");
            if (known != seen) {
                shell.note(change.progress(known, subtasks));
                seen = known;
            }
            if (known >= history.subtasks()) {
                return;
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw CommandFailure.failure(change.tooLate(known, subtasks, DurationText.of(timeout)));
            }
            channel.readOn();
        }
    }
}
