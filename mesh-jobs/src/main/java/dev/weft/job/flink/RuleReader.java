package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.live.Roster;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.connect.ControlFeed;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleJudge;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control channel in a thread beside that of the task, judges each proposal, and prepares what is needed to
 * decide by it: reading and indexing ten thousand routes takes longer than events should wait. The task's thread is
 * handed each answer through its mailbox, which it looks into between two events.
 */
final class RuleReader implements AutoCloseable {

    /** Filters may be nested; how deep must not depend on what a container gives its threads. */
    private static final long STACK = 16 << 20;

    private static final Duration UNTIL_DONE = Duration.ofSeconds(10);

    private final ControlFeed.Opening control;
    private final RuleJudge judge;
    private final RouteMetrics counts;
    private final MailboxExecutor mailbox;
    private final Taker taker;
    private @Nullable Thread thread;

    /** What becomes of the answers, in the order of the proposals; called by the task's thread. */
    interface Taker {
        void take(Answer answer);
    }

    /**
     * What was read.
     *
     * @param state what a subtask knows that has read so far
     * @param verdict on the last that was read; null if that is no proposal
     * @param prepared what decides from now on; null unless a proposal was accepted
     * @param isPausing whether the last that was read is a word about what stands still
     */
    record Answer(
            RuleState state,
            @Nullable Verdict verdict,
            @Nullable Prepared prepared,
            boolean isPausing) {}

    /** What decides by one version of the rules. */
    record Prepared(RoutingPlan plan, RouteOutlet outlet, Dispatcher dispatcher, Roster roster) {}

    RuleReader(
            ControlFeed.Opening control, RuleJudge judge, RouteMetrics counts, MailboxExecutor mailbox, Taker taker) {
        this.control = control;
        this.judge = judge;
        this.counts = counts;
        this.mailbox = mailbox;
        this.taker = taker;
    }

    /** Starts from a state and what decides by it. */
    void start(String name, RuleState state, Dispatcher current, Roster roster) {
        Reading reading = new Reading(state, current, roster);
        thread = new Thread(null, reading, name, STACK);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(UNTIL_DONE.toMillis());
        }
    }

    /** What the thread does, and what belongs to it alone. */
    private final class Reading implements Runnable {
        private RuleState state;
        private Dispatcher newest;
        private Roster roster;

        Reading(RuleState state, Dispatcher newest, Roster roster) {
            this.state = state;
            this.newest = newest;
            this.roster = roster;
        }

        @Override
        public void run() {
            try (ControlFeed feed = control.open(state.position())) {
                while (!Thread.currentThread().isInterrupted()) {
                    for (Received received : feed.poll()) {
                        hand(answer(received));
                    }
                }
            } catch (InterruptedException | RejectedExecutionException e) {
                // The task ends. What it has not taken is not in its state, and is read again.
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                fail(e);
            }
        }

        private void hand(Answer answer) {
            mailbox.execute(() -> taker.take(answer), "take what was read on the control channel");
        }

        private void fail(Throwable e) {
            ThrowingRunnable<Exception> failure = () -> {
                throw new IllegalStateException("the control channel cannot be read", e);
            };
            try {
                mailbox.execute(failure, "fail as the control channel cannot be read");
            } catch (RejectedExecutionException ended) {
                e.addSuppressed(ended);
                throw new IllegalStateException("the control channel cannot be read, and the task has ended", e);
            }
        }

        private Answer answer(Received received) {
            long position = received.origin().offset() + 1;
            ControlEvent asked = asked(received);
            if (asked instanceof ControlEvent.Pausing pausing) {
                state = judge.judge(state, pausing).at(position);
                return new Answer(state, null, null, true);
            }
            if (!(asked instanceof ControlEvent.Proposed proposal)) {
                state = state.at(position);
                return new Answer(state, null, null, false);
            }
            Answer answer =
                    judgeAndPrepare(proposal, position, received.origin().timestamp());
            state = answer.state();
            if (answer.prepared() != null) {
                newest = answer.prepared().dispatcher();
                roster = answer.prepared().roster();
            }
            return answer;
        }

        /**
         * Returns what somebody wants of the job, if it is that. What subtasks say is not even read: there is more of
         * it with each of them.
         */
        private @Nullable ControlEvent asked(Received received) {
            if (received instanceof MeshEvent event && ControlEvent.isType(event.getType())) {
                if (!event.getType().equals(ControlEvent.Proposed.TYPE) && !ControlEvent.isPausing(event.getType())) {
                    return null;
                }
                ControlEvent read = ControlEvent.from(event).orElse(null);
                if (read != null) {
                    return read;
                }
            }
            counts.controlIgnored.inc();
            return null;
        }

        private Answer judgeAndPrepare(ControlEvent.Proposed proposal, long position, long proposed) {
            try {
                Verdict verdict = judge.judge(state, proposal);
                Prepared prepared =
                        verdict.config() == null ? null : prepared(verdict.config(), proposal.effectiveFrom(proposed));
                return new Answer(state.after(verdict).at(position), verdict, prepared, false);
            } catch (RuntimeException | StackOverflowError e) {
                // A mistake of ours that only these rules bring out: the job that runs must not end for it.
                Verdict verdict = Verdict.refused(proposal, List.of("the rules cannot be prepared: " + e));
                return new Answer(state.at(position), verdict, null, false);
            }
        }

        private Prepared prepared(JobConfig config, long effectiveFrom) {
            RoutingPlan plan = config.routing();
            RouteOutlet outlet = new RouteOutlet(plan, counts);
            Roster next = roster.isOf(config.patterns()) ? roster : roster.followedBy(config.patterns(), effectiveFrom);
            return new Prepared(plan, outlet, requireNonNull(newest).successor(plan, outlet), next);
        }
    }
}
