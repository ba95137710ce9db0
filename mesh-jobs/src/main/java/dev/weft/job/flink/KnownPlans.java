package dev.weft.job.flink;

import dev.weft.job.Pending;
import dev.weft.job.RouteSteps;
import dev.weft.job.RoutingPlan;
import dev.weft.job.StepsPlan;
import dev.weft.job.audit.PlanTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * Who decides by a plan says the plan before it first sends an event on by it, and again after each barrier. Plans and
 * events come on different ways, so an event can be here before its plan; it waits then. All that was said before a
 * barrier is heard before it, on every way, so no event from before a barrier waits when the state behind the barrier is
 * taken: neither plans nor waiting events have to be in the state. (This takes aligned checkpoints, or at-least-once,
 * where an event from behind the barrier is read again: EngineSettings sees to it.)
 *
 * For the same reason a plan that was not said since the last barrier is needed no more once the next has come. It is
 * kept one barrier longer, because with at-least-once those who are ahead say it before the barrier of the others is here.
 */
/** The plans by which events go on, and the events that are here before their plan. Not safe for several threads. */
final class KnownPlans {

    private static final int KEPT = 2;

    private final Function<StepsPlan, Plan> preparing;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, Integer> heardAt = new HashMap<>();
    private final Map<String, List<Pending>> waiting = new HashMap<>();
    private int barriers;

    /** One plan, ready. */
    record Plan(RouteSteps steps, PlanTally tally) {
        Plan(RoutingPlan plan, RouteOutlet outlet) {
            this(new RouteSteps(plan, outlet), outlet.tally());
        }
    }

    KnownPlans(Function<StepsPlan, Plan> preparing) {
        this.preparing = preparing;
    }

    /** Returns the event's plan; null if it is not known yet, and then the event waits. */
    @Nullable
    Plan find(Pending pending) {
        Plan plan = plans.get(pending.plan());
        if (plan == null) {
            waiting.computeIfAbsent(pending.plan(), id -> new ArrayList<>()).add(pending);
        }
        return plan;
    }

    /** Takes a plan and returns the events that waited for it, in the order they came. */
    List<Pending> hear(StepsPlan plan) {
        heardAt.put(plan.id(), barriers);
        plans.computeIfAbsent(plan.id(), id -> preparing.apply(plan));
        List<Pending> waited = waiting.remove(plan.id());
        return waited == null ? List.of() : waited;
    }

    /** Gives every plan that is known. */
    void forEach(Consumer<Plan> taker) {
        plans.values().forEach(taker);
    }

    /** Forgets plans that were not said for long; called when the state is taken. */
    void forgetOld() {
        barriers++;
        heardAt.values().removeIf(heard -> heard < barriers - KEPT);
        plans.keySet().retainAll(heardAt.keySet());
    }
}
