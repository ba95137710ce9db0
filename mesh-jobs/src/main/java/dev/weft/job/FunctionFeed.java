package dev.weft.job;

import dev.weft.event.DeadLetter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.function.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends functions the messages that come of what is read. What no message can be made of goes to the dead letter, which
 * names the ingress in its attribute {@value #INGRESS}. Not safe for use by several threads.
 */
public final class FunctionFeed {

    /** The attribute of a dead letter that names the ingress that was concerned. */
    public static final String INGRESS = "weftingress";

    /** Takes what comes in. */
    public interface Entrance {

        /** A function gets a message. */
        void message(String ingress, Message message);

        /** An event or record went to the dead letter. */
        void lost(String ingress);

        /** An expression of the ingress could not be evaluated, and counts as not met. */
        void expressionFailed(String ingress);
    }

    private final IngressPlan plan;
    private final IngressWatch watch;
    private final @Nullable WorkflowFeed workflows;
    private final Entrance entrance;

    public FunctionFeed(IngressPlan plan, @Nullable WorkflowFeed workflows, Entrance entrance) {
        this.plan = plan;
        this.watch = new IngressWatch(plan);
        this.workflows = workflows;
        this.entrance = entrance;
    }

    /** Whether records of that topic are messages as they are, and nothing else. */
    boolean isRaw(String topic) {
        return watch.isRaw(topic);
    }

    /** Takes an event that the routes are asked about too. Returns whether an ingress or a workflow would have it. */
    boolean take(MeshEvent event, long now, Dispatcher.Outlet outlet) {
        boolean isTaken = watch.look(event, now, new OfEvent(event, outlet));
        return workflows != null && workflows.take(event, now, entrance, outlet) || isTaken;
    }

    /**
     * Takes an event that was a dead letter of that ingress, and no other's. Returns whether there is such an ingress.
     */
    boolean takeAgain(String ingress, MeshEvent event, long now, Dispatcher.Outlet outlet) {
        if (workflows != null && ingress.equals(WorkflowFeed.NAME)) {
            workflows.take(event, now, entrance, outlet);
            return true;
        }
        return watch.lookBy(ingress, event, now, new OfEvent(event, outlet));
    }

    /** Takes a record of a raw topic. */
    void takeRaw(Received received, Dispatcher.Outlet outlet) {
        watch.lookRaw(received, new IngressWatch.RawTaker() {
            @Override
            public void taken(RawIngress ingress, Message message) {
                entrance.message(ingress.topic(), message);
            }

            @Override
            public void lost(RawIngress ingress, RefusedRecord record) {
                entrance.lost(ingress.topic());
                outlet.deadLetter(record.reason(), DeadLetter.of(record, plan.job()));
            }
        });
    }

    private final class OfEvent implements IngressWatch.Taker {

        private final MeshEvent event;
        private final Dispatcher.Outlet outlet;

        OfEvent(MeshEvent event, Dispatcher.Outlet outlet) {
            this.event = event;
            this.outlet = outlet;
        }

        @Override
        public void taken(Ingress ingress, Message message) {
            entrance.message(ingress.name(), message);
        }

        @Override
        public void lost(Ingress ingress, Reason reason, String detail) {
            entrance.lost(ingress.name());
            Map<String, String> told = Map.of(INGRESS, ingress.name());
            outlet.deadLetter(reason, DeadLetter.of(event, reason, detail, plan.job(), told));
        }

        @Override
        public void failed(Ingress ingress) {
            entrance.expressionFailed(ingress.name());
        }
    }
}
