package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Cancel;
import dev.weft.function.Effects.Change;
import dev.weft.function.Effects.Delay;
import dev.weft.function.Effects.Egress;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import dev.weft.function.TypedValue;
import dev.weft.workflow.engine.Effect;
import dev.weft.workflow.engine.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what an instance wants done into what functions can have done. Not safe for use by several threads. */
final class Performance {

    /** The one delayed message of an instance. */
    private static final String WAKE = "weft-instance-wake";

    private final Address self;
    private final HostSettings settings;
    private final long now;
    private final List<Send> sends = new ArrayList<>(2);
    private final List<Egress> egresses = new ArrayList<>(2);

    private int calls;

    /** The last word on when to wake up counts. */
    private @Nullable Delay wake;

    Performance(Address self, HostSettings settings, long now) {
        this.self = self;
        this.settings = settings;
        this.now = now;
    }

    /**
     * Does what a step wants, but for its end.
     *
     * @param before by what it went on until then: what it does not wait for any more, it waited for by that
     * @param after by what it goes on
     */
    void perform(List<Effect> effects, Workflow before, Workflow after, Origin origin, long startedAt) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Subscribe subscribe) {
                subscribe(subscribe, after, origin, startedAt);
            } else if (effect instanceof Effect.Unsubscribe unsubscribe) {
                unsubscribe(unsubscribe, before);
            } else {
                perform(effect, after);
            }
        }
    }

    private void perform(Effect effect, Workflow workflow) {
        if (effect instanceof Effect.Emit emit) {
            egresses.add(OutgoingEvents.emitted(workflow, emit.event()));
        } else if (effect instanceof Effect.Lifecycle lifecycle) {
            egresses.add(OutgoingEvents.lifecycle(
                    source(workflow), self.id(), lifecycle.type(), lifecycle.id(), lifecycle.data(), now));
        } else if (effect instanceof Effect.Call call) {
            Address address = new Address(WorkflowTypes.CALL, self.id() + "/" + call.token());
            CallMessage message = new CallMessage(call.token(), workflow.holdsCalls(settings), call.request());
            sends.add(new Send(address, message.form()));
            calls++;
        } else if (effect instanceof Effect.StartChild child) {
            start(child);
        } else if (effect instanceof Effect.CancelChild child) {
            tell(child.instance(), new InstanceMessage.Cancel(child.reason()));
        } else if (effect instanceof Effect.WakeAt at) {
            wake = new Later(Math.max(0, at.millis() - now), self, InstanceMessage.Wake.FORM, WAKE);
        } else if (effect instanceof Effect.NoWake) {
            wake = new Cancel(WAKE);
        } else if (effect instanceof Effect.GoOnSoon) {
            tell(self.id(), new InstanceMessage.GoOn());
        }
    }

    /**
     * What is meant from the instance's start on is meant from when that was put where it was read from: an event that
     * was put there afterwards may have come here faster.
     */
    private void subscribe(Effect.Subscribe subscribe, Workflow workflow, Origin origin, long startedAt) {
        long since = subscribe.since() <= startedAt ? Math.min(subscribe.since(), origin.at()) : subscribe.since();
        for (Effect.Wanted wanted : subscribe.wanted()) {
            Waiter waiter = new Waiter(self.id(), subscribe.token(), wanted.filter());
            Address address = address(wanted, workflow.filter(wanted.filter()));
            sends.add(new Send(address, new CorrelationMessage.Subscribe(waiter, since).form()));
        }
    }

    private void unsubscribe(Effect.Unsubscribe unsubscribe, Workflow workflow) {
        for (Effect.Wanted wanted : unsubscribe.wanted()) {
            Waiter waiter = new Waiter(self.id(), unsubscribe.token(), wanted.filter());
            TypedValue form = new CorrelationMessage.Unsubscribe(waiter).form();
            for (AskedFilter filter : workflow.filterEver(wanted.filter())) {
                sends.add(new Send(address(wanted, filter), form));
            }
        }
    }

    private Address address(Effect.Wanted wanted, AskedFilter filter) {
        return CorrelationAddress.ofWaiter(filter, wanted.values(), self.id(), settings.shards());
    }

    private void start(Effect.StartChild child) {
        WorkflowName workflow = new WorkflowName(child.namespace(), child.name(), child.version());
        tell(
                child.instance(),
                new InstanceMessage.Start(
                        workflow, JsonBytes.of(child.input()), new Origin(now, child.parent(), null), null));
    }

    /** Sends an instance a message. */
    void tell(String instance, InstanceMessage message) {
        sends.add(new Send(new Address(WorkflowTypes.INSTANCE, instance), message.form()));
    }

    /** Tells whoever waits for the end of an instance. */
    void tellEnd(Signal.@Nullable Parent parent, @Nullable String schedule, Ending ending) {
        if (parent != null) {
            tell(parent.instance(), new InstanceMessage.ChildEnded(parent.token(), ending));
        }
        if (schedule != null) {
            Address address = new Address(WorkflowTypes.SCHEDULE, schedule);
            sends.add(new Send(address, new ScheduleMessage.Ended(self.id()).form()));
        }
    }

    /** Answers who says that this instance waits for events, and is mistaken. */
    void leave(Address correlation, InstanceMessage.Event event) {
        Waiter waiter = new Waiter(self.id(), event.token(), event.filter());
        sends.add(new Send(correlation, new CorrelationMessage.Unsubscribe(waiter).form()));
    }

    void say(Egress egress) {
        egresses.add(egress);
    }

    static String source(Workflow workflow) {
        return "/workflows/" + workflow.scheduleId();
    }

    void reply(String request, ObjectNode answer) {
        answer.put("request", request).put("instance", self.id());
        egresses.add(
                OutgoingEvents.reply("/workflows", self.id(), StableHash.id("reply", self.id(), request), answer, now));
    }

    int calls() {
        return calls;
    }

    Effects effects(List<Change> changes) {
        return new Effects(sends, wake == null ? List.of() : List.of(wake), egresses, changes);
    }
}
