package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.WorkflowError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a workflow as it is between two signals. Only the {@link Engine} changes it. It is kept by
 * {@link InstanceForm}; not safe for use by several threads.
 */
public final class Instance {

    final Program program;
    final String id;
    Signal.@Nullable Parent parent;
    final @Nullable String cause;
    final long startedAt;
    long updatedAt;
    Status status = Status.RUNNING;

    /** The workflow's raw input, where an expression may ask for it. */
    JsonNode input = NullNode.getInstance();

    private @Nullable Branch root;
    final int[] visits;
    long steps;
    long tokens;
    long told;
    int branches;
    long wakeAt = Frame.NEVER;
    final Deque<Frame> ready = new ArrayDeque<>(2);
    final Queue<Signal> held = new ArrayDeque<>(0);
    final List<Compensation.Registered> completed = new ArrayList<>(0);
    Consumed consumed = new Consumed();
    ResetPoints resetPoints = new ResetPoints();
    private JsonNode lastContext = NullNode.getInstance();
    private @Nullable JsonNode output;
    private @Nullable WorkflowError error;

    /** Makes one that begins. */
    Instance(Program program, Signal.Start start, long now) {
        this(program, start.instance(), start.parent(), start.cause(), now);
        updatedAt = now;
        if (program.tellsWorkflow) {
            input = start.input();
        }
        root = new Branch(program.root, now);
    }

    Instance(Program program, String id, Signal.@Nullable Parent parent, @Nullable String cause, long startedAt) {
        this.program = program;
        this.id = id;
        this.parent = parent;
        this.cause = cause;
        this.startedAt = startedAt;
        this.visits = new int[program.size()];
    }

    /** Returns its id. */
    public String id() {
        return id;
    }

    /** Returns how far it is. */
    public Status status() {
        return status;
    }

    /** Returns by which program it goes on. */
    public Program program() {
        return program;
    }

    /** Returns who waits for its end. */
    public Optional<Signal.Parent> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns when it began, in milliseconds since 1970. */
    public long startedAt() {
        return startedAt;
    }

    /** Returns when it took its last signal, in milliseconds since 1970. */
    public long updatedAt() {
        return updatedAt;
    }

    /** Returns how many tasks were begun and lists of tasks ended in its life. */
    public long steps() {
        return steps;
    }

    /** Returns what it has made, once it has completed. */
    public Optional<JsonNode> output() {
        return Optional.ofNullable(output);
    }

    /** Returns why it failed, or that it was cancelled. */
    public Optional<WorkflowError> error() {
        return Optional.ofNullable(error);
    }

    /** Returns {@code $context} as it is outside of all forks, or was when the instance ended. Is not kept longer. */
    public JsonNode context() {
        return root == null ? lastContext : root.context;
    }

    /** Returns the raw input, where an expression of the definition may ask for it; null elsewhere. */
    public JsonNode input() {
        return input;
    }

    /** Returns the pointers of the tasks that wait or are about to go on, the innermost of each branch. */
    public Set<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        if (root != null) {
            addTasks(root, tasks);
        }
        return tasks;
    }

    private static void addTasks(Frame frame, Set<String> tasks) {
        for (int i = 0; i < frame.children(); i++) {
            addTasks(frame.child(i), tasks);
        }
        if (frame.children() == 0) {
            tasks.add(frame.ready && frame.at != null ? frame.at.pointer : frame.op.pointer);
        }
    }

    /** Returns the pointers of the tasks to which it can go back, by {@link Signal.Reset}. */
    public List<String> resetPoints() {
        return resetPoints.pointers();
    }

    Branch root() {
        return Objects.requireNonNull(root, "the instance has ended");
    }

    void root(@Nullable Branch branch) {
        root = branch;
    }

    /** Returns the text by which a token is known outside: no other activation in any life of the instance has it. */
    String token(long number) {
        return Long.toString(startedAt, Character.MAX_RADIX) + '.' + Long.toString(number, Character.MAX_RADIX);
    }

    /** Returns what waits for that token; null where nothing does. */
    @Nullable
    Frame awaiting(String token) {
        int dot = token.indexOf('.');
        if (root == null || dot < 0 || !token.startsWith(Long.toString(startedAt, Character.MAX_RADIX) + '.')) {
            return null;
        }
        try {
            return awaiting(root, Long.parseLong(token, dot + 1, token.length(), Character.MAX_RADIX));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns what it is subscribed to. */
    public List<Effect.Subscribe> subscriptions() {
        List<Effect.Subscribe> found = new ArrayList<>();
        if (root != null) {
            addSubscriptions(root, found);
        }
        return found;
    }

    private void addSubscriptions(Frame frame, List<Effect.Subscribe> found) {
        if (frame instanceof Listening listening) {
            listening.open(this).ifPresent(found::add);
        }
        for (int i = 0; i < frame.children(); i++) {
            addSubscriptions(frame.child(i), found);
        }
    }

    private static @Nullable Frame awaiting(Frame frame, long token) {
        if (frame.awaits(token)) {
            return frame;
        }
        for (int i = 0; i < frame.children(); i++) {
            Frame inner = awaiting(frame.child(i), token);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    /** Returns whether something could go on at once. */
    boolean hasReady() {
        ready.removeIf(frame -> frame.dropped || !frame.ready);
        return !ready.isEmpty();
    }

    /** Takes what is ready and comes next; null where nothing is. */
    @Nullable
    Frame nextReady() {
        for (Frame next = ready.poll(); next != null; next = ready.poll()) {
            if (next.ready && !next.dropped) {
                next.ready = false;
                return next;
            }
        }
        return null;
    }

    void register(Op op, JsonNode data) {
        completed.add(new Compensation.Registered(op, data));
    }

    boolean hasRegistered() {
        return !completed.isEmpty();
    }

    /** Takes what has completed last; null where nothing is left. */
    Compensation.@Nullable Registered lastRegistered() {
        return completed.isEmpty() ? null : completed.remove(completed.size() - 1);
    }

    void end(Status last, @Nullable JsonNode made, @Nullable WorkflowError why, long now) {
        status = last;
        output = made;
        error = why;
        updatedAt = now;
        lastContext = context();
        root = null;
        ready.clear();
        held.clear();
        completed.clear();
        consumed = new Consumed();
        resetPoints = new ResetPoints();
    }
}
