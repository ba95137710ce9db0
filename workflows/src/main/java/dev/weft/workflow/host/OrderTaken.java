package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.engine.Effect;
import dev.weft.workflow.engine.Instance;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.jq.CanonicalJson;
import dev.weft.workflow.jq.JqBudget;
import java.util.List;
import java.util.Optional;

/** An order that an instance takes in its turn. */
final class OrderTaken {

    private final InstanceTurn turn;
    private final Order order;

    OrderTaken(InstanceTurn turn, Order order) {
        this.turn = turn;
        this.order = order;
    }

    void take() throws UnreadableException {
        Instance before = turn.instance();
        if (before == null) {
            takeOfNone();
            return;
        }
        if (order.wish() instanceof Order.Get) {
            ObjectNode answer = InstanceRows.data(turn.known(), before, turn.around());
            answer.set("context", before.context());
            answer(answer);
        } else if (order.wish() instanceof Order.Migrate migrate) {
            migrate(before, migrate);
        } else if (order.wish() instanceof Order.Send send) {
            offer(before, send);
        } else if (!turn.step(signal()) && order.wish() instanceof Order.Reset reset) {
            turn.refuse(order.request(), "it cannot go back to " + reset.pointer());
        } else {
            answer(JsonBytes.NODES.objectNode());
        }
    }

    private void takeOfNone() {
        EndedInstance last = turn.ended();
        if (last != null && order.wish() instanceof Order.Get) {
            answer(InstanceRows.data(turn.self.id(), last));
        } else {
            turn.refuse(order.request(), last == null ? "found no instance of that id" : "the instance has ended");
        }
    }

    private Signal signal() {
        Order.Wish wish = order.wish();
        if (wish instanceof Order.Cancel cancel) {
            return new Signal.Cancel(cancel.reason());
        }
        if (wish instanceof Order.Suspend suspend) {
            return new Signal.Suspend(suspend.reason());
        }
        if (wish instanceof Order.Compensate compensate) {
            return new Signal.Compensate(compensate.reason());
        }
        return wish instanceof Order.Reset reset ? new Signal.Reset(reset.pointer()) : new Signal.Resume();
    }

    /** What an event is asked where it comes in, it is asked here; all else the instance asks. */
    private void offer(Instance before, Order.Send send) throws UnreadableException {
        if (!(EventJson.received(null, send.json()) instanceof MeshEvent read)) {
            throw new UnreadableException("found an event that cannot be read");
        }
        IncomingEvent event = new IncomingEvent(read);
        int wanted = 0;
        for (Effect.Subscribe waiting : before.subscriptions()) {
            for (Effect.Wanted filter : waiting.wanted()) {
                if (isMeant(before.program().filters().get(filter.filter()), filter.values(), event)) {
                    wanted++;
                    turn.step(new Signal.Event(waiting.token(), filter.filter(), event.json()));
                }
            }
        }
        if (wanted == 0) {
            turn.refuse(order.request(), "the instance waits for no such event");
        } else {
            answer(JsonBytes.NODES.objectNode());
        }
    }

    private boolean isMeant(EventFilter filter, List<JsonNode> expected, IncomingEvent event) {
        JqBudget budget = JqBudget.usual(turn.hosting.nanoTime());
        AskedFilter asked = AskedFilter.of(withoutTopics(filter));
        if (!asked.holds(event, budget)) {
            return false;
        }
        List<JsonNode> values = asked.values(event, budget);
        return values != null && CanonicalJson.of(values).equals(CanonicalJson.of(expected));
    }

    /** What is given to an instance came by no topic, and is meant for it all the same. */
    private static EventFilter withoutTopics(EventFilter filter) {
        List<EventFilter.Test> tests = filter.tests().stream()
                .filter(test -> !(test instanceof EventFilter.Test.CameBy))
                .toList();
        return new EventFilter(filter.index(), tests, filter.correlations());
    }

    private void migrate(Instance before, Order.Migrate migrate) throws UnreadableException {
        Optional<Workflow> to = turn.hosting.book().find(migrate.to());
        if (to.isEmpty()) {
            turn.refuse(order.request(), "found no definition of workflow " + migrate.to());
            return;
        }
        Signal.Migrate signal = new Signal.Migrate(to.get().program(), migrate.tasks());
        List<String> obstacles = signal.obstacles(before);
        if (!obstacles.isEmpty()) {
            turn.refuse(order.request(), String.join("; ", obstacles));
            return;
        }
        if (!migrate.isTrial()) {
            turn.step(signal);
        }
        answer(JsonBytes.NODES.objectNode().put("dryRun", migrate.isTrial()));
    }

    private void answer(ObjectNode answer) {
        turn.performance.reply(order.request(), answer.put("done", true));
    }
}
