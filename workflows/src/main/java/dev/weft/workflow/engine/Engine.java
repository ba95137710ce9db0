package dev.weft.workflow.engine;

import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How instances go on. Pure: what comes out is a function of what goes in.
 *
 * <pre>{@code
 * Step step = engine.apply(program, null, new Signal.Start("order-17", input, null, null), around);
 * step = engine.apply(program, step.next(), new Signal.Wake(), later);
 * }</pre>
 *
 * <p>May be used by many threads, with an instance each.
 */
public final class Engine {

    /**
     * Takes a signal.
     *
     * @param program that of the instance
     * @param before as it was; it is changed and must not be used any more. Null where there is none: then the signal
     *     is a start
     * @return the instance as it is then and what is to be done. A signal that is not awaited changes nothing
     * @throws IllegalArgumentException if there is no instance and the signal is no start, or if the instance goes by
     *     another program
     */
    public Step apply(Program program, @Nullable Instance before, Signal signal, Surroundings around) {
        if (before == null) {
            return start(program, signal, around);
        }
        if (before.program != program) {
            throw new IllegalArgumentException(before.id + " goes by "
                    + before.program.definition().id() + ", not by "
                    + program.definition().id());
        }
        if (before.status.isLast() || signal instanceof Signal.Start) {
            return new Step(before, List.of());
        }
        if (signal instanceof Signal.Migrate migrate) {
            return migrate(before, migrate, around);
        }
        Run run = new Run(program, before, around);
        if (before.status == Status.SUSPENDED) {
            takeSuspended(run, signal);
        } else {
            take(run, signal);
        }
        return settled(run);
    }

    /**
     * Ends an instance that can't go on, say as what is kept of it would become too large, or as the engine itself
     * failed.
     *
     * @param detail why, in words
     */
    public Step fault(Program program, Instance before, String detail, Surroundings around) {
        if (before.status.isLast()) {
            return new Step(before, List.of());
        }
        Run run = new Run(program, before, around);
        run.faulted(WorkflowError.of(Errors.RUNTIME, program.root.pointer, detail));
        return settled(run);
    }

    /** Makes an instance that has failed as soon as it began. */
    public Step fault(Program program, Signal.Start start, String detail, Surroundings around) {
        return fault(program, new Instance(program, start, around.now()), detail, around);
    }

    /** An instance that can't go on by the other program stays as it is. */
    private static Step migrate(Instance before, Signal.Migrate migrate, Surroundings around) {
        if (!Migration.obstacles(before, migrate).isEmpty()) {
            return new Step(before, List.of());
        }
        Run run = new Run(migrate.to(), Migration.migrated(before, migrate), around);
        Migration.listenAnew(run, before);
        if (run.instance.status != Status.SUSPENDED) {
            run.goOn();
        }
        return settled(run);
    }

    private static Step start(Program program, Signal signal, Surroundings around) {
        if (!(signal instanceof Signal.Start start)) {
            throw new IllegalArgumentException("there is no instance that could take " + signal);
        }
        Instance instance = new Instance(program, start, around.now());
        Run run = new Run(program, instance, around);
        run.lifecycle.started();
        program.markStartEvents(instance, start.input());
        run.begin(start.input());
        return settled(run);
    }

    private static void take(Run run, Signal signal) {
        String token = tokenOf(signal);
        if (token != null) {
            if (run.instance.held.isEmpty()) {
                deliver(run, signal, token);
            } else {
                hold(run, signal, token);
            }
        } else if (signal instanceof Signal.Wake) {
            run.instance.wakeAt = Frame.NEVER;
            run.wake();
        } else if (signal instanceof Signal.GoOn) {
            goOn(run);
        } else if (signal instanceof Signal.Suspend) {
            run.instance.status = Status.SUSPENDED;
            run.lifecycle.suspended();
        } else {
            command(run, signal);
        }
    }

    private static void takeSuspended(Run run, Signal signal) {
        String token = tokenOf(signal);
        if (token != null) {
            hold(run, signal, token);
        } else if (signal instanceof Signal.Resume) {
            run.instance.status = Status.RUNNING;
            run.lifecycle.resumed();
            goOn(run);
            if (run.instance.held.isEmpty()) {
                run.wake();
            }
        } else {
            command(run, signal);
        }
    }

    /** Returns what the signal is an answer to; null where it is none. */
    private static @Nullable String tokenOf(Signal signal) {
        if (signal instanceof Signal.Event event) {
            return event.token();
        }
        if (signal instanceof Signal.CallEnded ended) {
            return ended.token();
        }
        return signal instanceof Signal.ChildEnded ended ? ended.token() : null;
    }

    private static void deliver(Run run, Signal signal, String token) {
        Frame waits = run.instance.awaiting(token);
        if (waits instanceof Listening listening && signal instanceof Signal.Event event) {
            run.resume(() -> listening.take(run, event.filter(), event.event()));
        } else if (waits instanceof Calling calling && signal instanceof Signal.CallEnded ended) {
            run.resume(() -> calling.ended(run, ended.result(), ended.error()));
        } else if (waits instanceof Child child && signal instanceof Signal.ChildEnded ended) {
            run.resume(() -> child.ended(run, ended.output(), ended.error()));
        }
    }

    private static void hold(Run run, Signal signal, String token) {
        Instance instance = run.instance;
        int most = run.around.limits().events() + run.around.limits().frames();
        if (instance.awaiting(token) == null) {
            return;
        }
        if (instance.held.size() >= most) {
            run.faulted(WorkflowError.of(
                    Errors.RUNTIME,
                    instance.program.root.pointer,
                    "found more than " + most + " events and results while it was suspended"));
            return;
        }
        instance.held.add(signal);
    }

    /** Does what is left of before; then takes what came in the meantime, in the order in which it came. */
    private static void goOn(Run run) {
        run.goOn();
        while (run.mayGoOn() && !run.instance.held.isEmpty()) {
            Signal signal = run.instance.held.remove();
            deliver(run, signal, Objects.requireNonNull(tokenOf(signal)));
        }
    }

    private static void command(Run run, Signal signal) {
        if (signal instanceof Signal.Cancel cancel) {
            run.cancelled(cancel.reason());
        } else if (signal instanceof Signal.Compensate compensate) {
            compensate(run, compensate.reason());
        } else if (signal instanceof Signal.Reset reset) {
            reset(run, reset.pointer());
        }
    }

    private static void reset(Run run, String pointer) {
        Op op = run.program.op(pointer);
        ResetPoints.Point point = op == null ? null : run.instance.resetPoints.at(op);
        if (point != null) {
            run.reset(point);
            if (run.instance.status != Status.SUSPENDED) {
                run.goOn();
            }
        }
    }

    private static void compensate(Run run, String reason) {
        WorkflowError error = WorkflowError.of(Errors.RUNTIME, run.program.root.pointer, "was compensated: " + reason);
        run.instance.status = Status.RUNNING;
        if (!run.isCompensated()) {
            run.compensate(error);
        }
        run.goOn();
    }

    /** Says what is awaited from here on. */
    private static Step settled(Run run) {
        Instance instance = run.instance;
        instance.updatedAt = run.around.now();
        if (instance.status.isLast()) {
            if (instance.wakeAt != Frame.NEVER) {
                instance.wakeAt = Frame.NEVER;
                run.does(new Effect.NoWake());
            }
            run.does(new Effect.Ended(
                    instance.status,
                    instance.parent,
                    instance.output().orElse(null),
                    instance.error().orElse(null)));
            return new Step(instance, run.effects);
        }
        boolean suspended = instance.status == Status.SUSPENDED;
        long wake = suspended ? Frame.NEVER : Deadlines.next(instance.root());
        if (wake != instance.wakeAt) {
            instance.wakeAt = wake;
            run.does(wake == Frame.NEVER ? new Effect.NoWake() : new Effect.WakeAt(wake));
        }
        if (!suspended) {
            boolean goesOn = instance.hasReady() || !instance.held.isEmpty();
            instance.status = goesOn ? Status.RUNNING : Status.WAITING;
            if (goesOn) {
                run.does(new Effect.GoOnSoon());
            }
        }
        return new Step(instance, run.effects);
    }
}
