package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Change;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.engine.Effect;
import dev.weft.workflow.engine.Instance;
import dev.weft.workflow.engine.InstanceForm;
import dev.weft.workflow.engine.InstanceUnreadable;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.engine.Status;
import dev.weft.workflow.engine.Step;
import dev.weft.workflow.engine.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an instance: the messages that came for it, and what comes of them. Not safe for use by several threads.
 *
 * <p>An instance at which the engine fails, or that cannot be read any more, is faulted; whoever waits for it is told.
 */
final class InstanceTurn {

    static final String INSTANCE = "instance";
    static final String ENDED = "ended";

    final Hosting hosting;
    final Address self;
    final Performance performance;
    private final long now;
    private Surroundings around;
    private final @Nullable KeptInstance kept;

    /** Whether there is more than one message: then a failure is one of the batch, and each gets a turn of its own. */
    private final boolean isBatch;

    private @Nullable Workflow workflow;

    /** The definition by which what is kept went on; null where nothing is. */
    private @Nullable DefinitionId keptBy;

    private @Nullable Instance instance;
    private Origin origin = new Origin(0, null, null);
    private @Nullable EndedInstance ended;
    private boolean hasBegun;
    private boolean hasMoved;
    private boolean hasEnded;
    private String shownBefore = "";
    private long told;

    /** Begins with what is kept. */
    InstanceTurn(
            Hosting hosting,
            Address self,
            @Nullable KeptInstance kept,
            @Nullable EndedInstance ended,
            boolean isBatch) {
        this.hosting = hosting;
        this.self = self;
        this.now = hosting.clock().getAsLong();
        this.around = surroundings(hosting.settings().lifecycle());
        this.performance = new Performance(self, hosting.settings(), now);
        this.kept = kept;
        this.ended = ended;
        this.isBatch = isBatch;
    }

    private Surroundings surroundings(LifecycleLevel lifecycle) {
        return new Surroundings(
                now, hosting.nanoTime(), lifecycle, hosting.settings().limits());
    }

    /** The instance goes on by that definition. */
    private void by(Workflow definition) {
        workflow = definition;
        around = surroundings(definition.lifecycle(hosting.settings()));
    }

    /** Reads the instance that is kept. Throws where nothing can be known of it. */
    void begin() throws UnreadableException {
        if (kept == null) {
            return;
        }
        Workflow known = known(kept);
        keptBy = known.definition().id();
        by(known);
        origin = kept.origin();
        told = kept.told();
        try {
            instance = InstanceForm.read(kept.form(), known.program());
            shownBefore = shown(instance);
        } catch (InstanceUnreadable e) {
            lose(known, kept, "cannot read the instance: " + e.getMessage());
        }
    }

    private Workflow known(KeptInstance before) throws UnreadableException {
        try {
            String digest = InstanceForm.digest(before.form());
            return hosting.book()
                    .ofDigest(digest)
                    .orElseThrow(() -> new UnreadableException(
                            "found an instance of a definition that the job does not know: " + digest));
        } catch (InstanceUnreadable e) {
            throw new UnreadableException("cannot read the instance: " + e.getMessage());
        }
    }

    /** Takes a message. */
    void take(Message message) throws UnreadableException {
        InstanceMessage said = InstanceMessage.read(message.argument());
        if (said instanceof InstanceMessage.Start start) {
            start(start, message.trace());
        } else if (said instanceof InstanceMessage.Ordered ordered) {
            new OrderTaken(this, ordered.order()).take();
        } else if (said instanceof InstanceMessage.Event event && instance == null) {
            if (message.caller() != null) {
                performance.leave(message.caller(), event);
            }
        } else if (instance != null) {
            step(signal(said));
        } else if (said instanceof InstanceMessage.Cancel && ended != null && ended.successor() != null) {
            performance.tell(ended.successor(), said); // whoever waits for the end knows of this one only
        }
    }

    private static Signal signal(InstanceMessage said) throws UnreadableException {
        if (said instanceof InstanceMessage.Event event) {
            return new Signal.Event(event.token(), event.filter(), JsonBytes.readObject(event.json()));
        }
        if (said instanceof InstanceMessage.CallEnded call) {
            return new Signal.CallEnded(
                    call.token(), call.ending().output(), call.ending().error());
        }
        if (said instanceof InstanceMessage.ChildEnded child) {
            return new Signal.ChildEnded(
                    child.token(), child.ending().output(), child.ending().error());
        }
        if (said instanceof InstanceMessage.Cancel cancel) {
            return new Signal.Cancel(cancel.reason());
        }
        return said instanceof InstanceMessage.GoOn ? new Signal.GoOn() : new Signal.Wake();
    }

    private void start(InstanceMessage.Start start, @Nullable String trace) throws UnreadableException {
        if (instance != null || ended != null) {
            refuse(start.request(), "an instance of that id has begun before");
            return;
        }
        boolean isScheduled = start.origin().parent() == null && start.request() == null;
        Optional<Workflow> found = isScheduled
                ? hosting.book().findScheduled(start.workflow())
                : hosting.book().find(start.workflow());
        if (found.isEmpty()) {
            startUnknown(start);
            return;
        }
        by(found.get());
        origin = start.origin();
        hasBegun = true;
        Signal.Start signal = new Signal.Start(self.id(), JsonBytes.read(start.input()), origin.parent(), trace);
        settle(run(() -> hosting.engine().apply(found.get().program(), null, signal, around), signal));
        if (start.request() != null) {
            ObjectNode answer = JsonBytes.NODES.objectNode().put("done", true);
            performance.reply(start.request(), answer);
        }
    }

    private void startUnknown(InstanceMessage.Start start) throws UnreadableException {
        String detail = "found no definition of workflow " + start.workflow();
        if (start.origin().parent() == null && start.request() == null) {
            throw new UnreadableException(detail);
        }
        WorkflowError error = WorkflowError.of(Errors.CONFIGURATION, "", detail);
        performance.tellEnd(start.origin().parent(), null, new Ending(null, error));
        refuse(start.request(), detail);
    }

    void refuse(@Nullable String request, String detail) {
        if (request != null) {
            performance.reply(
                    request, JsonBytes.NODES.objectNode().put("done", false).put("detail", detail));
        }
    }

    /** Something that makes a step. */
    private interface Stepping {
        Step step();
    }

    /** Has the instance take a signal. Returns whether anything is to be done about it. */
    boolean step(Signal signal) throws UnreadableException {
        Instance before = instance;
        if (before == null) {
            return false;
        }
        Step step = run(() -> hosting.engine().apply(before.program(), before, signal, around), null);
        settle(step);
        return !step.effects().isEmpty();
    }

    /**
     * Has the engine make a step. Where it fails, which is a mistake of ours, the instance is faulted.
     *
     * @param start with which it began, where it began in this turn
     */
    private Step run(Stepping stepping, Signal.@Nullable Start start) throws UnreadableException {
        try {
            return stepping.step();
        } catch (RuntimeException | StackOverflowError e) {
            if (isBatch) {
                throw new UnreadableException("failed at one of several messages: " + e);
            }
            return faulted(start, "the engine failed: " + e + Turn.at(e));
        }
    }

    /** The instance as it is in memory may be half changed: what is kept of it counts. */
    private Step faulted(Signal.@Nullable Start start, String detail) throws UnreadableException {
        Workflow known = known();
        if (start != null) {
            return hosting.engine().fault(known.program(), start, detail, around);
        }
        if (kept == null) {
            throw new UnreadableException(detail);
        }
        try {
            Instance before = InstanceForm.read(kept.form(), known.program());
            return hosting.engine().fault(known.program(), before, detail, around);
        } catch (InstanceUnreadable e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private void settle(Step step) {
        hasMoved = true;
        Instance next = step.next();
        Workflow before = known();
        instance = next;
        by(hosting.book().ofDigest(next.program().definition().digest()).orElseThrow());
        performance.perform(step.effects(), before, known(), origin, next.startedAt());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Ended end) {
                end(next, end, successor(step));
            }
        }
    }

    private @Nullable String successor(Step step) {
        return step.effects().stream()
                .filter(effect -> effect instanceof Effect.StartChild other && other.succeeds(self.id()))
                .map(effect -> ((Effect.StartChild) effect).instance())
                .findFirst()
                .orElse(null);
    }

    private void end(Instance next, Effect.Ended end, @Nullable String successor) {
        Ending ending = new Ending(end.output(), end.error());
        performance.tellEnd(end.parent(), origin.schedule(), ending);
        ended = EndedInstance.of(
                        WorkflowName.of(known().definition().id()), end.status(), next.startedAt(), now, ending)
                .succeededBy(successor);
        show(next);
        instance = null;
        hasEnded = true;
    }

    /** Ends an instance of which nothing but its frame can be read. */
    private void lose(Workflow known, KeptInstance lost, String detail) {
        Ending ending = new Ending(null, WorkflowError.of(Errors.RUNTIME, "", detail));
        performance.tellEnd(lost.origin().parent(), lost.origin().schedule(), ending);
        ended = EndedInstance.of(
                WorkflowName.of(known.definition().id()), Status.FAULTED, lost.startedAt(), now, ending);
        hasMoved = true;
        hasEnded = true;
        if (hosting.settings().showsInstances()) {
            performance.say(InstanceRows.of(known, self.id(), ended, ++told, now));
        }
    }

    @Nullable
    Instance instance() {
        return instance;
    }

    /** What is left of it; null while it runs, and where nothing is known of it. */
    @Nullable
    EndedInstance ended() {
        return ended;
    }

    Surroundings around() {
        return around;
    }

    /** Returns the workflow by which it goes on. */
    Workflow known() {
        Workflow known = workflow;
        if (known == null) {
            throw new IllegalStateException("there is no instance");
        }
        return known;
    }

    /** Returns what comes of the turn. */
    Effects effects() {
        Instance next = instance;
        if (!hasMoved) {
            return performance.effects(List.of());
        }
        List<Change> changes = new ArrayList<>(2);
        byte[] form = next == null ? null : InstanceForm.write(next);
        if (next != null
                && form != null
                && form.length > hosting.settings().limits().stateBytes()) {
            settle(hosting.engine().fault(known().program(), next, tooLarge(form.length), around));
            next = null;
        }
        if (next != null && form != null) {
            if (!shown(next).equals(shownBefore)) {
                show(next);
            }
            changes.add(new Change(
                    INSTANCE,
                    new TypedValue(
                            KeptInstance.TYPENAME, new KeptInstance(origin, next.startedAt(), told, form).write())));
        } else if (kept != null) {
            changes.add(new Change(INSTANCE, null));
        }
        if (hasEnded && ended != null && !hosting.settings().retain().isZero()) {
            changes.add(new Change(ENDED, new TypedValue(EndedInstance.TYPENAME, ended.form())));
        }
        tellObserver();
        return performance.effects(changes);
    }

    private void tellObserver() {
        DefinitionId definition = known().definition().id();
        InstanceObserver observer = hosting.observer();
        if (hasBegun) {
            observer.began(definition);
        }
        if (performance.calls() > 0) {
            observer.called(definition, performance.calls());
        }
        if (hasEnded && ended != null) {
            observer.ended(definition, ended.status());
        }
        DefinitionId before = keptBy;
        DefinitionId after = instance == null ? null : definition;
        if (before != null && !before.equals(after)) {
            observer.kept(before, -1);
        }
        if (after != null && !after.equals(before)) {
            observer.kept(after, 1);
        }
    }

    private String tooLarge(int bytes) {
        return "found an instance of " + bytes + " bytes, expected at most "
                + hosting.settings().limits().stateBytes();
    }

    /** What of an instance is shown when it changes. */
    private String shown(Instance one) {
        return hosting.settings().showsInstances() ? one.status() + " " + one.tasks() : "";
    }

    private void show(Instance one) {
        if (hosting.settings().showsInstances()) {
            performance.say(InstanceRows.of(known(), one, ++told, around));
        }
    }
}
