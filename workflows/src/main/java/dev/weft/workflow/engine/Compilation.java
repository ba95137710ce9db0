package dev.weft.workflow.engine;

import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Extension;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Program} of a definition. Numbers are given in the order in which tasks stand in the definition, those
 * inside a task before the task itself, functions after the body and in the order of their names. What is kept of
 * instances depends on this order.
 */
final class Compilation {

    private static final String OF_TASK = "task";
    private static final String OF_WORKFLOW = "workflow";

    final List<Op> ops = new ArrayList<>();
    final List<EventFilter> filters = new ArrayList<>();
    final @Nullable EventFilter anyEvent;
    final RootOp root;
    boolean tellsWorkflow;

    private final Definition definition;
    private final IdentityHashMap<Task, Scope> alone = new IdentityHashMap<>();
    private final Map<String, Scope> functions = new HashMap<>();
    private final IdentityHashMap<Extension, Op.Around> extensions = new IdentityHashMap<>();
    private final List<FunctionOp> callers = new ArrayList<>();
    private final List<ListenOp> listeners = new ArrayList<>();
    private final List<Await> awaits = new ArrayList<>();

    Compilation(Definition definition) {
        this.definition = definition;
        this.tellsWorkflow = Expressions.names(definition.output()).anyMatch(OF_WORKFLOW::equals)
                || definition.dialect().search().values().stream()
                        .anyMatch(jq -> jq.variables().contains(OF_WORKFLOW));
        Scope body = scope(definition.body());
        this.root = new RootOp(ops.size(), whole(definition), body);
        ops.add(root);
        new TreeMap<>(definition.functions()).forEach((name, task) -> functions.put(name, alone(task)));
        for (FunctionOp caller : callers) {
            caller.function = function(caller);
        }
        if (definition.schedule() instanceof Schedule.On on) {
            addAwait(on.events());
        }
        this.anyEvent = collectFilters();
        listeners.forEach(listener -> listener.resolve(anyEvent));
    }

    /** Returns the filters of what is waited for, where the one for any event is that. */
    static List<EventFilter> filtersOf(Await await, @Nullable EventFilter anyEvent) {
        return await.filters().isEmpty() && anyEvent != null ? List.of(anyEvent) : await.filters();
    }

    private static Task whole(Definition definition) {
        return new Task(
                definition.id().name(),
                "/do",
                null,
                Shaping.NONE,
                new Body.Do(definition.body()),
                Shaping.NONE,
                Shaping.NONE,
                null,
                Then.CONTINUE,
                definition.document(),
                null,
                List.of(),
                Metadata.NONE);
    }

    private Scope function(FunctionOp caller) {
        Scope function = functions.get(caller.body.function());
        if (function == null) {
            throw new IllegalArgumentException(
                    caller.pointer + " calls " + caller.body.function() + ", which is no function");
        }
        return function;
    }

    private void addAwait(Await await) {
        awaits.add(await);
        if (await.until() instanceof Await.Until.Events events) {
            addAwait(events.events());
        }
    }

    /** Returns a filter for every event, where such is needed. */
    private @Nullable EventFilter collectFilters() {
        awaits.forEach(await -> filters.addAll(await.filters()));
        filters.sort(Comparator.comparingInt(EventFilter::index));
        if (awaits.stream().noneMatch(await -> await.filters().isEmpty())) {
            return null;
        }
        int index = filters.isEmpty() ? 0 : filters.get(filters.size() - 1).index() + 1;
        EventFilter any = new EventFilter(index, List.of(), List.of());
        filters.add(any);
        return any;
    }

    private Scope scope(List<Task> tasks) {
        List<Op> compiled = new ArrayList<>(tasks.size());
        tasks.forEach(task -> compiled.add(op(task)));
        return new Scope(compiled);
    }

    /** Returns the list of just that task. Several may use it. */
    private Scope alone(Task task) {
        Scope known = alone.get(task);
        if (known != null) {
            return known;
        }
        Scope made = scope(List.of(task));
        alone.put(task, made);
        return made;
    }

    private Op op(Task task) {
        Op op = body(task);
        ops.add(op);
        op.tellsTask = Expressions.names(task).anyMatch(OF_TASK::equals);
        tellsWorkflow |= Expressions.names(task).anyMatch(OF_WORKFLOW::equals);
        if (!task.extensions().isEmpty()) {
            op.extensions = task.extensions().stream().map(this::around).toList();
        }
        if (task.compensation() != null) {
            op.compensation = new Compensation(alone(task.compensation()), Compensation.policyOf(task, definition));
        }
        return op;
    }

    private Op.Around around(Extension extension) {
        Op.Around known = extensions.get(extension);
        if (known != null) {
            return known;
        }
        tellsWorkflow |=
                extension.when() != null && extension.when().variables().contains(OF_WORKFLOW);
        Op.Around made = new Op.Around(extension, scope(extension.before()), scope(extension.after()));
        extensions.put(extension, made);
        return made;
    }

    /** Compiles what a task does; the tasks inside get their numbers first. */
    private Op body(Task task) {
        Body body = task.body();
        if (body instanceof Body.Do block) {
            Scope scope = scope(block.tasks());
            return new DoOp(ops.size(), task, scope);
        }
        if (body instanceof Body.Set set) {
            return new SetOp(ops.size(), task, set);
        }
        if (body instanceof Body.Switch choice) {
            return new SwitchOp(ops.size(), task, choice);
        }
        if (body instanceof Body.For loop) {
            Scope scope = scope(loop.tasks());
            return new LoopOp(ops.size(), task, loop, scope);
        }
        if (body instanceof Body.ForEach loop) {
            Scope scope = scope(loop.tasks());
            return new ForEachOp(ops.size(), task, loop, scope);
        }
        if (body instanceof Body.Fork fork) {
            List<Scope> branches = fork.branches().stream().map(this::alone).toList();
            return new ForkOp(ops.size(), task, fork, branches);
        }
        if (body instanceof Body.Try attempt) {
            Scope tasks = scope(attempt.tasks());
            Scope handler = scope(attempt.handler());
            return new AttemptOp(ops.size(), task, attempt, tasks, handler);
        }
        return leaf(task, body);
    }

    private Op leaf(Task task, Body body) {
        if (body instanceof Body.Raise raise) {
            return new RaiseOp(ops.size(), task, raise);
        }
        if (body instanceof Body.Wait wait) {
            return new WaitOp(ops.size(), task, wait);
        }
        if (body instanceof Body.Emit emit) {
            return new EmitOp(ops.size(), task, emit, definition.id());
        }
        if (body instanceof Body.Listen listen) {
            return listen(task, listen);
        }
        if (body instanceof Body.Call call) {
            return new CallOp(ops.size(), task, call);
        }
        if (body instanceof Body.CallFunction call) {
            FunctionOp caller = new FunctionOp(ops.size(), task, call);
            callers.add(caller);
            return caller;
        }
        if (body instanceof Body.RunWorkflow workflow) {
            return new ChildOp(ops.size(), task, workflow);
        }
        if (body instanceof Body.ContinueAs successor) {
            return new SuccessorOp(ops.size(), task, successor);
        }
        if (body instanceof Body.Compensate) {
            return new CompensateOp(ops.size(), task);
        }
        throw new IllegalArgumentException(task.pointer() + " is of a kind that is not known: " + body);
    }

    private Op listen(Task task, Body.Listen listen) {
        Scope each = listen.foreach() == null ? null : scope(listen.foreach().tasks());
        addAwait(listen.events());
        ListenOp listener = new ListenOp(ops.size(), task, listen, each);
        listeners.add(listener);
        return listener;
    }
}
