package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.job.Dispatcher;
import dev.weft.job.RoutingPlan;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleJudge;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Judges proposals and prepares what is needed to decide by them, one after the other, in a thread beside that of the
 * task: reading and indexing ten thousand routes takes longer than events should wait. The task's thread is handed each
 * answer through its mailbox, which it looks into between two events. All methods are for the task's thread.
 */
final class RulePreparation implements AutoCloseable {

    /** Filters may be nested; how deep must not depend on what a container gives its threads. */
    private static final long STACK = 16 << 20;

    private static final Duration UNTIL_DONE = Duration.ofSeconds(10);

    private final RuleJudge judge;
    private final RouteMetrics counts;
    private final MailboxExecutor mailbox;
    private final Taker taker;
    private @Nullable ExecutorService worker;

    /** The state after the last proposal that was judged, and what decides by it: the worker's alone once it runs. */
    private @Nullable RuleState judged;

    private @Nullable Dispatcher newest;

    /** What becomes of the answers, in the order of the proposals. */
    interface Taker {

        /** Takes an answer; {@code prepared} is there if the proposal was accepted. */
        void take(Verdict verdict, @Nullable Prepared prepared);
    }

    /** What decides by one version of the rules. */
    record Prepared(RoutingPlan plan, RouteOutlet outlet, Dispatcher dispatcher) {}

    RulePreparation(RuleJudge judge, RouteMetrics counts, MailboxExecutor mailbox, Taker taker) {
        this.judge = judge;
        this.counts = counts;
        this.mailbox = mailbox;
        this.taker = taker;
    }

    /** Starts from a state and what decides by it, with the proposals that wait in the state. */
    void start(String name, RuleState state, Dispatcher current) {
        judged = state.withoutWaiting();
        newest = current;
        worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(null, work, name, STACK);
            thread.setDaemon(true);
            return thread;
        });
        List<ControlEvent.Proposed> waiting = state.waiting();
        waiting.forEach(this::prepare);
    }

    /** Has a proposal judged after those before it. */
    void prepare(ControlEvent.Proposed proposal) {
        requireNonNull(worker).execute(() -> hand(answer(proposal)));
    }

    private ThrowingRunnable<Exception> answer(ControlEvent.Proposed proposal) {
        try {
            return judgeAndPrepare(proposal);
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of ours that only these rules bring out: the job that runs must not end for it.
            return answer(Verdict.refused(proposal, List.of("the rules cannot be prepared: " + e)), null);
        } catch (Error e) {
            return () -> {
                throw e;
            };
        }
    }

    private ThrowingRunnable<Exception> judgeAndPrepare(ControlEvent.Proposed proposal) {
        Verdict verdict = judge.judge(requireNonNull(judged), proposal);
        if (verdict.config() == null) {
            return answer(verdict, null);
        }
        RoutingPlan plan = verdict.config().routing();
        RouteOutlet outlet = new RouteOutlet(plan, counts);
        Dispatcher dispatcher = requireNonNull(newest).successor(plan, outlet);
        newest = dispatcher;
        return answer(verdict, new Prepared(plan, outlet, dispatcher));
    }

    private ThrowingRunnable<Exception> answer(Verdict verdict, @Nullable Prepared prepared) {
        judged = requireNonNull(judged).received(verdict.proposal()).judged(verdict);
        return () -> taker.take(verdict, prepared);
    }

    private void hand(ThrowingRunnable<Exception> answer) {
        try {
            mailbox.execute(answer, "take a version of the rules");
        } catch (RejectedExecutionException e) {
            // The task has ended meanwhile. What it did not take waits in its state.
            requireNonNull(worker).shutdown();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (worker != null) {
            worker.shutdownNow();
            boolean unused = worker.awaitTermination(UNTIL_DONE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
