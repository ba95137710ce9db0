package dev.weft.job;

import static java.util.Objects.requireNonNull;

import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.route.Route;
import dev.weft.route.chain.ChainRunner;
import dev.weft.route.chain.Course;
import dev.weft.route.chain.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads events through the steps of their routes and delivers what comes out. Where a step remembers, the event is sent
 * to where its key's memory is kept, and goes on there. A step that fails puts the event as it was read into the dead
 * letter, naming the route and the step. Not safe for use by several threads.
 */
public final class RouteSteps {

    private final RoutingPlan plan;
    private final Dispatcher.Outlet outlet;
    private final Delivery delivery;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final @Nullable ChainRunner[] runners;

    /** Makes one for the routes of that plan. */
    public RouteSteps(RoutingPlan plan, Dispatcher.Outlet outlet) {
        this(plan, outlet, new Delivery(plan, outlet));
    }

    RouteSteps(RoutingPlan plan, Dispatcher.Outlet outlet, Delivery delivery) {
        this.plan = plan;
        this.outlet = outlet;
        this.delivery = delivery;
        List<Route> routes = plan.routes();
        this.runners = new ChainRunner[routes.size()];
        for (int i = 0; i < runners.length; i++) {
            Route route = routes.get(i);
            numbers.put(route.name(), i);
            runners[i] = route.steps().steps().isEmpty()
                    ? null
                    : new ChainRunner(route.name(), route.steps(), plan.maxEventBytes());
        }
    }

    /** Leads an event through the steps of the route of that number, from the first. */
    void start(int route, MeshEvent event, long time) {
        requireNonNull(runners[route]).run(event, 0, time, new Walk(route, event));
    }

    /**
     * Goes on with an event behind the step it waited at.
     *
     * @param passes what the memory answered
     */
    public void resume(Pending pending, boolean passes) {
        delivery.next();
        int route = requireNonNull(numbers.get(pending.route()), "the plan has no such route");
        MeshEvent read = pending.read().readBy(plan.payloads());
        MeshEvent event = pending.isAsRead() ? read : pending.event().readBy(plan.payloads());
        Walk walk = new Walk(route, read);
        requireNonNull(runners[route])
                .resume(passes, event, pending.step(), pending.question().time(), walk);
    }

    /** The way of one event through one route. */
    private final class Walk implements Course {
        private final int route;
        private final MeshEvent read;

        Walk(int route, MeshEvent read) {
            this.route = route;
            this.read = read;
        }

        @Override
        public void passed(int step, MeshEvent event) {
            outlet.stepPassed(route, step);
        }

        @Override
        public void dropped(int step, MeshEvent event) {
            outlet.stepDropped(route, step);
        }

        @Override
        public void expressionFailed(int step) {
            outlet.expressionFailed(route);
        }

        @Override
        public void tapped(MeshEvent event, List<String> channels) {
            for (String channel : channels) {
                write(event, channel);
            }
        }

        @Override
        public void arrived(MeshEvent event) {
            List<String> channels = plan.routes().get(route).to();
            for (int i = 0; i < channels.size(); i++) {
                write(event, channels.get(i));
                outlet.handed(route, i);
            }
            delivery.push(route, event, read);
        }

        @Override
        public void failed(int step, Reason reason, String detail) {
            outlet.failed(route);
            String name = plan.routes().get(route).name();
            String kind = plan.routes().get(route).steps().steps().get(step).kind();
            String where = "step %d (%s) of route %s".formatted(step + 1, kind, name);
            delivery.bury(read, reason, where + ": " + detail, name);
        }

        @Override
        public void asked(int step, MeshEvent event, Question question) {
            outlet.ask(route, step, question, event, read);
        }

        @SuppressWarnings("ReferenceEquality") // a step that changes nothing hands on the event itself
        private void write(MeshEvent event, String channel) {
            if (event == read) {
                delivery.writeAsRead(event, channel);
            } else {
                delivery.writeChanged(event, channel);
            }
        }
    }
}
