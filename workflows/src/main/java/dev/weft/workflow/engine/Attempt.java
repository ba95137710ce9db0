package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.Body.Growth;
import dev.weft.workflow.Body.Retry;
import dev.weft.workflow.Errors;
import dev.weft.workflow.Span;
import dev.weft.workflow.WorkflowError;
import org.jspecify.annotations.Nullable;

/** A {@code try}: it does its tasks, waits to do them again, or does what is to be done where they failed. */
final class Attempt extends Frame {

    /** The order is part of what is kept. */
    private enum Phase {
        TRYING,
        DELAYED,
        HANDLING
    }

    private final AttemptOp attempt;
    private int visit;
    private Phase phase = Phase.TRYING;
    private int retries;
    private long firstFailure = NEVER;
    private JsonNode error = NullNode.getInstance();

    Attempt(Run run, AttemptOp op) {
        super(run, op);
        this.attempt = op;
        this.visit = run.visit(op);
    }

    Attempt(AttemptOp op, Frame parent) {
        super(op, parent);
        this.attempt = op;
    }

    @Override
    FrameKind kind() {
        return FrameKind.ATTEMPT;
    }

    void begin(Run run) throws Failed {
        phase = Phase.TRYING;
        error = NullNode.getInstance();
        Retry retry = attempt.body.retry();
        Span limit = retry == null ? null : retry.attemptDuration();
        wake = limit == null ? NEVER : run.after(run.expressions.millis(limit));
        run.go(attempt.tasks, input);
    }

    /** Returns whether it deals with the error; where it does, the run goes on from here, or waits. */
    boolean caught(Run run, WorkflowError what) throws Failed {
        if (phase != Phase.TRYING) {
            return false;
        }
        error = ErrorJson.of(what);
        run.focus(this);
        if (!ErrorMatching.matches(attempt.body.matches(), what)
                || !run.expressions.holds(attempt.body.when(), input)
                || run.expressions.excepts(attempt.body.exceptWhen(), input)) {
            return false;
        }
        if (mayTryAgain(run)) {
            return true;
        }
        if (isInVain()) {
            return false;
        }
        phase = Phase.HANDLING;
        wake = NEVER;
        run.go(attempt.handler, input);
        return true;
    }

    /** Returns whether trying again was all that was to be done: then the error is not dealt with. */
    private boolean isInVain() {
        return attempt.body.retry() != null && attempt.body.handler().isEmpty() && attempt.body.then() == null;
    }

    private boolean mayTryAgain(Run run) throws Failed {
        Retry retry = attempt.body.retry();
        if (retry == null
                || (retry.count() != null && retries >= retry.count())
                || !run.expressions.holds(retry.when(), input)
                || run.expressions.excepts(retry.exceptWhen(), input)) {
            return false;
        }
        if (retries >= run.around.limits().retries()) {
            throw new Failed(
                    Errors.RUNTIME,
                    op.pointer,
                    "tried again " + retries + " times, expected at most as many as the job allows");
        }
        if (firstFailure == NEVER) {
            firstFailure = run.around.now();
        }
        long delay = delay(run, retry);
        if (retry.duration() != null
                && run.after(delay) > Run.plus(firstFailure, run.expressions.millis(retry.duration()))) {
            return false;
        }
        retries++;
        run.lifecycle.taskRetried(op);
        if (delay == 0) {
            begin(run);
        } else {
            phase = Phase.DELAYED;
            wake = run.after(delay);
            run.pause();
        }
        return true;
    }

    private long delay(Run run, Retry retry) throws Failed {
        double base = (double) run.expressions.millis(retry.delay());
        double grown = base;
        if (retry.growth() == Growth.LINEAR) {
            grown = base + retries * (retry.step() == null ? base : (double) run.expressions.millis(retry.step()));
        } else if (retry.growth() == Growth.EXPONENTIAL) {
            grown = base * Math.pow(retry.factor(), retries);
        }
        long longest = run.around.limits().longestDelay();
        if (retry.longest() != null) {
            longest = Math.min(longest, run.expressions.millis(retry.longest()));
        }
        long delay = (long) Math.min(grown, (double) longest);
        long from = retry.jitterFrom() == null ? 0 : run.expressions.millis(retry.jitterFrom());
        long to = retry.jitterTo() == null ? from : run.expressions.millis(retry.jitterTo());
        return Run.plus(
                delay, to <= from ? from : from + Ids.below(to - from + 1, run.instance.id, op, visit, retries));
    }

    /** The delay is over, or the attempt takes too long. */
    @Override
    void awake(Run run) throws Failed {
        run.focus(this);
        wake = NEVER;
        if (phase == Phase.DELAYED) {
            begin(run);
        } else {
            run.frames.cancelChildren(this);
            run.frames.makeIdle(this);
            throw new Failed(Errors.TIMEOUT, op.pointer, "an attempt took longer than it may");
        }
    }

    @Override
    void leave(Run run) throws Failed {
        run.pop(this);
        run.finish(op, run.data, phase == Phase.HANDLING ? AttemptOp.CAUGHT : Run.NO_CASE);
    }

    @Override
    @Nullable
    JsonNode local(String name) {
        return !error.isNull() && name.equals(attempt.body.as()) ? error : null;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the order is part of what is kept
    void write(InstanceWriter out) {
        out.number(visit);
        out.number(phase.ordinal());
        out.number(retries);
        out.time(firstFailure);
        out.json(error);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        visit = in.count();
        phase = in.one(Phase.values());
        retries = in.count();
        firstFailure = in.time();
        error = in.json();
    }
}
