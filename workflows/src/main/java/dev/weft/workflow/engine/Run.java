package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.Errors;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.jq.Jq;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One activation of an instance: from a signal until all of it waits, has ended, or has used up what it may at once.
 *
 * <p>It goes along one branch at a time. Where it is, is kept in registers: the frame whose tasks are being done, the
 * task that is next (none: the list is at its end), and the data that flows. Tasks that are done at once have no frame.
 * A task that has to wait pauses the branch. An error goes up along the frames to the first that deals with it.
 */
final class Run {

    /** The task's own word says where to go. */
    static final int NO_CASE = -1;

    /** Frames inside each other: tasks in documents are not nested as deep, but functions may call themselves. */
    static final int DEEPEST = 512;

    final Program program;
    final Instance instance;
    final Surroundings around;
    final Lifecycle lifecycle;
    final TaskExpressions expressions;
    final Frames frames;
    final List<Effect> effects = new ArrayList<>(2);

    private int left;
    private boolean hasEnded;

    // Where it is.
    private @Nullable Frame frame;
    private @Nullable Op next;
    JsonNode data = NullNode.getInstance();

    // The task whose expressions are asked.
    Op current;
    JsonNode raw = NullNode.getInstance();
    JsonNode input = NullNode.getInstance();

    @Nullable
    JsonNode output;

    @Nullable
    JsonNode made;

    long startedAt;

    Run(Program program, Instance instance, Surroundings around) {
        this.program = program;
        this.instance = instance;
        this.around = around;
        this.lifecycle = new Lifecycle(this);
        this.expressions = new TaskExpressions(this);
        this.frames = new Frames(this);
        this.left = around.limits().stepsAtOnce();
        this.current = program.root;
    }

    // What the engine asks for.

    void begin(JsonNode given) {
        Branch root = instance.root();
        frame = root;
        raw = given;
        input = given;
        try {
            input = expressions.shapedInput(program.definition().input(), given);
            root.input = input;
            if (program.definition().timeout() != null) {
                root.deadline =
                        after(expressions.millis(program.definition().timeout().after()));
            }
            go(program.root.scope, input);
        } catch (Failed e) {
            fail(e.error());
        }
        goOn();
    }

    /** Does what is ready, until nothing is. */
    void goOn() {
        while (!hasEnded) {
            branch();
            if (left <= 0 || hasEnded) {
                return;
            }
            Frame ready = instance.nextReady();
            if (ready == null) {
                return;
            }
            focus(ready);
            next = ready.at;
            data = ready.with;
            ready.at = null;
            ready.with = NullNode.getInstance();
        }
    }

    /** Something that a frame has waited for. */
    void resume(Resumption what) {
        try {
            what.go();
        } catch (Failed e) {
            fail(e.error());
        }
        goOn();
    }

    /** As {@link #resume}, but what follows is left to the next activation, or to {@link #goOn}. */
    void prepare(Resumption what) {
        try {
            what.go();
        } catch (Failed e) {
            fail(e.error());
        }
        if (frame != null) {
            park();
        }
    }

    /** What is done where a frame has waited. */
    interface Resumption {
        void go() throws Failed;
    }

    /** Does what is due, in the order in which it became so; at the same time what is inside first. */
    void wake() {
        while (!hasEnded && left > 0) {
            Frame due = Deadlines.earliest(instance.root(), around.now());
            if (due == null) {
                return;
            }
            if (due.wake <= due.deadline) {
                resume(() -> due.awake(this));
            } else {
                resume(() -> timeOut(due));
            }
        }
    }

    private void timeOut(Frame late) throws Failed {
        focus(late);
        WorkflowError error = WorkflowError.of(Errors.TIMEOUT, late.op.pointer, "took longer than it may");
        if (late.parent == null) {
            late.deadline = Frame.NEVER;
            fault(error, true);
            return;
        }
        frames.cancelChildren(late);
        late.withdraw(this);
        pop(late);
        throw new Failed(error);
    }

    // The branch.

    private void branch() {
        while (frame != null) {
            if (left <= 0) {
                park();
                return;
            }
            left--;
            if (++instance.steps > around.limits().steps()) {
                faulted(WorkflowError.of(
                        Errors.RUNTIME,
                        frame.op.pointer,
                        "has taken more than " + around.limits().steps() + " steps"));
                return;
            }
            try {
                Op op = next;
                if (op == null) {
                    frame.leave(this);
                } else {
                    enter(op);
                }
            } catch (Failed e) {
                fail(e.error());
            }
        }
    }

    /** Leaves the rest to the next activation, before all else, so that the order is the same as without a limit. */
    private void park() {
        Frame here = at();
        Frames.makeReady(here, next, data);
        instance.ready.addFirst(here);
        pause();
    }

    private void enter(Op op) throws Failed {
        current = op;
        raw = data;
        input = data;
        output = null;
        made = null;
        startedAt = around.now();
        Jq condition = op.task.condition();
        if (condition != null && !expressions.test(condition, data)) {
            next = op.next;
            return;
        }
        if (at().parent == null) {
            instance.resetPoints.reached(op, data, instance.root().context, program.resetPoints);
        }
        if (op.extensions.isEmpty()) {
            begin(op);
        } else {
            Extended extended = new Extended(this, op);
            push(extended);
            extended.begin(this);
        }
    }

    /** Begins with a task whose raw data is known, whether or not something is done around it. */
    @SuppressWarnings("ReferenceEquality") // most tasks shape nothing
    void begin(Op op) throws Failed {
        lifecycle.taskStarted(op);
        Shaping shaping = op.task.input();
        if (shaping != Shaping.NONE) {
            input = expressions.shapedInput(shaping, raw);
        }
        op.begin(this);
    }

    /** A task has made something. The run stands in the frame around the task. */
    @SuppressWarnings("ReferenceEquality") // most tasks shape nothing, and some give what they got
    void finish(Op op, JsonNode result, int chosen) throws Failed {
        current = op;
        made = result;
        output = result;
        JsonNode out = result;
        Shaping shaping = op.task.output();
        if (shaping != Shaping.NONE) {
            out = expressions.shapedOutput(shaping, result);
        }
        if (out != input) {
            checkSize(op, out);
        }
        Shaping export = op.task.export();
        if (export.as() != null) {
            output = out;
            at().branch.context = expressions.shapedOutput(export, out);
        }
        if (op.compensation != null && compensating() == null) {
            instance.register(op, op.compensation.policy() == Compensation.Policy.INPUT ? input : out);
        }
        lifecycle.taskCompleted(op, out);
        if (frame instanceof Extended extended && extended.op == op && extended.isDoing()) {
            extended.done(this, out, chosen);
        } else {
            jump(op.jump(chosen), out);
        }
    }

    /** Refuses what is more than a task may make. */
    void checkSize(Op op, JsonNode made) throws Failed {
        if (!JsonSize.isWithin(made, around.limits().outputBytes())) {
            throw new Failed(
                    Errors.RUNTIME,
                    op.pointer,
                    "made more than " + around.limits().outputBytes() + " bytes of JSON");
        }
    }

    void jump(Jump jump, JsonNode with) throws Failed {
        if (jump.way() == Jump.Way.END) {
            endFrom(with);
            return;
        }
        if (jump.way() == Jump.Way.EXIT && frame instanceof Extended extended) {
            extended.exits();
        }
        next = jump.to();
        data = with;
    }

    /** Returns the compensation that is under way around the current task; null where there is none. */
    private @Nullable Compensating compensating() {
        for (Frame around = frame; around != null; around = around.parent) {
            if (around instanceof Compensating compensating) {
                return compensating;
            }
        }
        return null;
    }

    /** Ends the workflow; in a compensation only what takes back one task, as others are still to be taken back. */
    private void endFrom(JsonNode with) throws Failed {
        Compensating compensating = compensating();
        if (compensating == null) {
            leaveAll(with);
            complete(with);
            return;
        }
        frames.cancelChildren(compensating);
        focus(compensating);
        next = null;
        data = with;
    }

    /** Ends what is around the task where the workflow ends, and cancels what runs beside it. */
    private void leaveAll(JsonNode with) {
        Frame left = null;
        for (Frame around = at(); around.parent != null; around = around.parent) {
            for (int i = around.children() - 1; i >= 0; i--) {
                if (around.child(i) != left) {
                    frames.cancel(around.child(i));
                }
            }
            around.withdraw(this);
            around.dropped = true;
            if (!(around instanceof Branch) && (left == null || !Frames.isToldWith(around, left))) {
                lifecycle.taskCompleted(around.op, with);
            }
            left = around;
        }
        Branch root = instance.root();
        root.child = null;
        focus(root);
    }

    /** All tasks are done. */
    void complete(JsonNode last) throws Failed {
        Branch root = instance.root();
        focus(root);
        output = last;
        succeeded(expressions.shapedOutput(program.definition().output(), last));
    }

    void succeeded(JsonNode out) {
        end(Status.COMPLETED, out, null);
    }

    void cancelled(String reason) {
        end(Status.CANCELLED, null, WorkflowError.of(Errors.RUNTIME, program.root.pointer, "was cancelled: " + reason));
    }

    void faulted(WorkflowError error) {
        end(Status.FAULTED, null, error);
    }

    private void end(Status status, @Nullable JsonNode out, @Nullable WorkflowError error) {
        frames.cancelChildren(instance.root());
        hasEnded = true;
        pause();
        instance.end(status, out, error, around.now());
        lifecycle.ended(status, out, error);
    }

    // Errors.

    private void fail(WorkflowError first) {
        WorkflowError error = first;
        Frame failing = at();
        boolean mayCompensate = true;
        Op told = null;
        if (current != failing.op) {
            lifecycle.taskFaulted(current, error);
            told = current;
        }
        while (true) {
            frames.cancelChildren(failing);
            if (failing instanceof Attempt attempt) {
                try {
                    if (attempt.caught(this, error)) {
                        return;
                    }
                } catch (Failed again) {
                    error = again.error();
                }
            }
            if (failing.parent == null) {
                fault(error, mayCompensate);
                return;
            }
            if (failing instanceof Branch branch) {
                if (!Objects.requireNonNull(branch.fork).failed(this, branch)) {
                    pause();
                    return;
                }
            } else {
                if (failing.op != told) {
                    lifecycle.taskFaulted(failing.op, error);
                    told = failing.op;
                }
                failing.withdraw(this);
                Frames.drop(failing);
            }
            mayCompensate &= !(failing instanceof Compensating);
            failing = failing.parent;
        }
    }

    private void fault(WorkflowError error, boolean mayCompensate) {
        Branch root = instance.root();
        if (mayCompensate
                && instance.hasRegistered()
                && (program.definition().dialect().compensatesOnFault() || ErrorMatching.asksForCompensation(error))) {
            compensate(error);
        } else {
            frames.cancelChildren(root);
            faulted(error);
        }
    }

    /** Cancels all that runs, and takes back what has completed. Nothing interrupts that any more. */
    void compensate(WorkflowError cause) {
        Branch root = instance.root();
        frames.cancelChildren(root);
        root.deadline = Frame.NEVER;
        root.ready = false;
        focus(root);
        Compensating compensating = new Compensating(this, program.root, root.input, cause);
        root.child = compensating;
        frame = compensating;
        next = null;
    }

    /** Returns whether the instance as a whole is being taken back, which another word to do so must not cut short. */
    boolean isCompensated() {
        return instance.root().child instanceof Compensating compensating && compensating.op == program.root;
    }

    /** Goes back to one of the outermost tasks. */
    void reset(ResetPoints.Point point) {
        Branch root = instance.root();
        frames.cancelChildren(root);
        root.context = point.context();
        focus(root);
        next = point.op();
        data = point.data();
        instance.ready.remove(root);
        park();
    }

    // Frames.

    /** Returns the frame in which the run stands. */
    Frame at() {
        return Objects.requireNonNull(frame, "the branch waits");
    }

    /** Goes into a frame of the current task. */
    void push(Frame inner) throws Failed {
        if (inner.depth > DEEPEST) {
            throw new Failed(
                    Errors.RUNTIME, inner.op.pointer, "is nested deeper than " + DEEPEST + " tasks and functions");
        }
        if (inner.op.task.timeout() != null) {
            inner.deadline = after(expressions.millis(inner.op.task.timeout().after()));
        }
        at().adopt(inner);
        frame = inner;
    }

    /** Leaves a frame, whose task becomes the current one. */
    void pop(Frame inner) {
        focus(inner);
        Frames.drop(inner);
        frame = inner.parent;
    }

    /** Stands in a frame, whose task becomes the current one. */
    void focus(Frame which) {
        frame = which;
        current = which.op;
        raw = which.raw;
        input = which.input;
        startedAt = which.startedAt;
        output = null;
        made = null;
    }

    /** Goes on with a list of tasks. */
    void go(Scope scope, JsonNode with) {
        next = scope.first;
        data = with;
    }

    /** Has the branch wait. */
    void pause() {
        frame = null;
        next = null;
    }

    long after(long millis) {
        return plus(around.now(), millis);
    }

    /** Adds times; what is beyond all times is never. */
    static long plus(long one, long other) {
        long sum = one + other;
        return sum < one && other > 0 ? Frame.NEVER : sum;
    }

    // What goes out.

    void does(Effect effect) {
        effects.add(effect);
    }

    /** Counts a visit of a task. */
    int visit(Op op) {
        return ++instance.visits[op.number];
    }

    long newToken() {
        return ++instance.tokens;
    }

    /** Returns what came of what was waited for. */
    JsonNode result(Op op, @Nullable JsonNode result, @Nullable WorkflowError error) throws Failed {
        if (error != null) {
            throw new Failed(
                    new WorkflowError(error.type(), error.status(), op.pointer, error.title(), error.detail()));
        }
        return result == null ? NullNode.getInstance() : result;
    }

    /** Returns whether more may be done in this activation. */
    boolean mayGoOn() {
        return !hasEnded && left > 0;
    }
}
