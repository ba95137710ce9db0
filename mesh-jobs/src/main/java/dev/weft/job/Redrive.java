package dev.weft.job;

import static java.util.Objects.requireNonNull;

import dev.weft.event.BuriedEvent;
import dev.weft.event.Expiry;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import dev.weft.route.Route;
import dev.weft.route.chain.Step;
import dev.weft.route.transform.Transform;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Leads dead letters that are sent again. An event that a target did not take goes to that target alone, as its route
 * changes events now: it was wanted before, so steps that filter, sample, remember or tap are passed over. Any other
 * goes through its route, or its ingress, and no other, as a new event. Where there is no such way any more, it is
 * buried again.
 *
 * <p>Not safe for use by several threads.
 */
final class Redrive {

    /** The place of a transform that is no step. */
    private static final int NO_STEP = -1;

    private final RoutingPlan plan;
    private final Dispatcher.Outlet outlet;
    private final Delivery delivery;
    private final Onward onward;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** What was needed before, by the number of the route: few routes are ever redriven. */
    private final Map<Integer, PlainRuleSet> rules = new HashMap<>();

    private final Map<Integer, SortedMap<Integer, Transformer>> transformers = new HashMap<>();

    /** Delivers an event that the route of that number wants. */
    interface Onward {
        void deliver(int route, MeshEvent event);
    }

    Redrive(RoutingPlan plan, Dispatcher.Outlet outlet, Delivery delivery, Onward onward) {
        this.plan = plan;
        this.outlet = outlet;
        this.delivery = delivery;
        this.onward = onward;
        for (Route route : plan.routes()) {
            numbers.put(route.name(), numbers.size());
        }
    }

    /**
     * Takes what was read as an event.
     *
     * @param now by which events expire, in milliseconds since 1970
     * @param feed takes the events of an ingress; null where there are no functions
     */
    void take(MeshEvent letter, long now, @Nullable FunctionFeed feed) {
        BuriedEvent buried = BuriedEvent.in(letter);
        if (buried == null) {
            delivery.bury(letter, Reason.REDRIVE_FAILED, "this is no dead letter of an event", Map.of());
            return;
        }
        String ingress = buried.told().get(FunctionFeed.INGRESS);
        if (ingress != null) {
            if (feed == null || !feed.takeAgain(ingress, buried.event(), now, outlet)) {
                fail(buried, "there is no ingress " + ingress + " any more");
            }
            return;
        }
        String name = buried.route();
        Integer route = numbers.get(name);
        if (name == null || route == null) {
            fail(buried, name == null ? "the dead letter names no route" : "there is no route " + name + " any more");
            return;
        }
        String target = buried.target();
        if (target == null) {
            takeAsNew(route, buried, now);
        } else if (plan.routes().get(route).push().contains(target)) {
            push(route, target, buried);
        } else {
            fail(buried, "route " + name + " does not deliver to target " + target + " any more");
        }
    }

    private void fail(BuriedEvent buried, String detail) {
        delivery.bury(buried.event(), Reason.REDRIVE_FAILED, detail, buried.told());
    }

    private void takeAsNew(int route, BuriedEvent buried, long now) {
        outlet.askedAgain(route);
        MeshEvent event = buried.event();
        Matches matches = new Matches();
        rules.computeIfAbsent(
                        route,
                        number -> PlainRuleSet.of(
                                List.of(plan.routes().get(number).where())))
                .match(event, matches);
        if (matches.failedCount() > 0) {
            outlet.expressionFailed(route);
        }
        if (matches.matchedCount() > 0 && Expiry.isOver(event, now)) {
            String detail = "its expirytime passed before it was sent again";
            outlet.matched(route);
            outlet.failed(route);
            delivery.bury(event, Reason.EXPIRED, detail, buried.told());
        } else if (matches.matchedCount() > 0) {
            outlet.matched(route);
            onward.deliver(route, event);
        } else if (matches.undecidedCount() > 0) {
            String damage = requireNonNull(matches.damage());
            outlet.undecided(route);
            delivery.bury(event, Reason.UNREADABLE_PAYLOAD, damage, buried.told());
        } else {
            outlet.unmatched();
        }
    }

    private void push(int route, String target, BuriedEvent buried) {
        MeshEvent event = buried.event();
        for (Map.Entry<Integer, Transformer> change :
                transformers.computeIfAbsent(route, this::changes).entrySet()) {
            Transformed transformed = change.getValue().apply(event);
            if (transformed instanceof Transformed.Failed failed) {
                String what = what(route, change.getKey()) + failed.detail();
                delivery.bury(buried.event(), Reason.TRANSFORM_FAILED, what, buried.told());
                return;
            }
            event = ((Transformed.Done) transformed).event();
        }
        Route way = plan.routes().get(route);
        int destination = way.to().size() + way.push().indexOf(target);
        outlet.sentAgain(route, destination);
        outlet.push(route, target, event, buried.event());
        outlet.handed(route, destination);
    }

    private String what(int route, int step) {
        String name = plan.routes().get(route).name();
        return step == NO_STEP
                ? "the transform of route " + name + " failed: "
                : "step %d (transform) of route %s: ".formatted(step + 1, name);
    }

    /** Returns what a route makes of events, by the place of the step that does. */
    private SortedMap<Integer, Transformer> changes(int number) {
        Route route = plan.routes().get(number);
        SortedMap<Integer, Transformer> changes = new TreeMap<>();
        Transform transform = route.transform();
        if (transform != null) {
            changes.put(NO_STEP, new Transformer(transform, plan.maxEventBytes()));
        }
        List<Step> steps = route.steps().steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Change change) {
                changes.put(i, new Transformer(change.transform(), plan.maxEventBytes()));
            }
        }
        return changes;
    }
}
