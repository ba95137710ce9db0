package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.function.Address;
import dev.weft.function.TypedValue;
import dev.weft.workflow.Await;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Correlation;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.engine.EventReading;
import dev.weft.workflow.jq.CanonicalJson;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.jq.Variables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events that start instances of one definition. Where one event is enough, it starts an instance at once; the id
 * is made of the event, so the same event never starts two. Where several are needed they meet in a {@link Gathering},
 * those with the same values of the correlations that all filters have.
 */
final class ScheduledEvents {

    /**
     * One of the filters.
     *
     * @param expected what its correlations have to give, those with an {@code expect}
     * @param agreeing what must agree with what the other filters have under the same keys, in the order of the keys
     */
    record Filter(AskedFilter asked, List<Template> expected, List<Jq> agreeing) {}

    private final Workflow workflow;
    private final Schedule.On schedule;
    private final List<Filter> filters = new ArrayList<>();

    /** Those among them that end the collecting. */
    private final List<Filter> ending = new ArrayList<>();

    private ScheduledEvents(Workflow workflow, Schedule.On schedule) {
        this.workflow = workflow;
        this.schedule = schedule;
        Set<String> keys = commonKeys(schedule.events());
        for (EventFilter filter : workflow.scheduledFilters()) {
            List<Template> expected = new ArrayList<>();
            for (Correlation correlation : filter.correlations()) {
                if (correlation.expect() != null) {
                    expected.add(correlation.expect());
                }
            }
            filters.add(new Filter(workflow.filter(filter.index()), expected, agreeing(filter, keys)));
        }
        int collected = workflow.program().filtersOf(schedule.events()).size();
        ending.addAll(filters.subList(collected, filters.size()));
    }

    static Optional<ScheduledEvents> of(Workflow workflow) {
        return workflow.definition().schedule() instanceof Schedule.On on
                ? Optional.of(new ScheduledEvents(workflow, on))
                : Optional.empty();
    }

    /** Returns the keys that every filter has, those that end the collecting included. */
    private Set<String> commonKeys(Await await) {
        Set<String> common = new LinkedHashSet<>();
        if (!needsSeveral(await)) {
            return common;
        }
        boolean isFirst = true;
        for (EventFilter filter : workflow.scheduledFilters()) {
            List<String> own = filter.correlations().stream()
                    .filter(correlation -> correlation.expect() == null)
                    .map(Correlation::key)
                    .sorted()
                    .toList();
            if (isFirst) {
                common.addAll(own);
            } else {
                common.retainAll(own);
            }
            isFirst = false;
        }
        return common;
    }

    private static List<Jq> agreeing(EventFilter filter, Set<String> keys) {
        List<Jq> from = new ArrayList<>();
        for (String key : keys) {
            for (Correlation correlation : filter.correlations()) {
                if (correlation.key().equals(key)) {
                    from.add(correlation.from());
                    break;
                }
            }
        }
        return from;
    }

    /** Returns whether one event is not enough. One that collects for ever has no other sense than to take each. */
    private static boolean needsSeveral(Await await) {
        return await.kind() == Await.Kind.ALL
                || await.until() instanceof Await.Until.True
                || await.until() instanceof Await.Until.Events;
    }

    List<Filter> filters() {
        return filters;
    }

    /** Takes an event that one of the filters may want. */
    void offer(Filter filter, EventRouter.Taking taking) {
        IncomingEvent event = taking.event();
        if (!wants(filter, event, taking.budget())) {
            return;
        }
        if (needsSeveral(schedule.events())) {
            gather(filter, taking);
        } else {
            start(taking);
        }
    }

    private void gather(Filter filter, EventRouter.Taking taking) {
        Address address = gathering(filter, taking.event(), taking.budget());
        if (address != null && (ending.contains(filter) || !ends(taking))) {
            taking.outlet().send(address, gathered(filter, taking));
        }
    }

    /** Whether an event ends the collecting, and so is not collected itself. */
    private boolean ends(EventRouter.Taking taking) {
        return ending.stream()
                .anyMatch(filter -> wants(filter, taking.event(), taking.budget())
                        && gathering(filter, taking.event(), taking.budget()) != null);
    }

    /** As with other filters: an expression that fails does not hold. */
    private static boolean wants(Filter filter, IncomingEvent event, JqBudget budget) {
        try {
            return filter.asked().holds(event, budget) && isExpected(filter, event, budget);
        } catch (JqFailure e) {
            return false;
        }
    }

    private static boolean isExpected(Filter filter, IncomingEvent event, JqBudget budget) throws JqFailure {
        if (filter.expected().isEmpty()) {
            return true;
        }
        List<JsonNode> values = filter.asked().values(event, budget);
        for (int i = 0; values != null && i < values.size(); i++) {
            JsonNode expected = filter.expected().get(i).render(NullNode.getInstance(), Variables.NONE, budget);
            if (!CanonicalJson.areEqual(values.get(i), expected)) {
                return false;
            }
        }
        return values != null;
    }

    /** Returns where it meets others; null where it has nothing by which they would belong together. */
    private @Nullable Address gathering(Filter filter, IncomingEvent event, JqBudget budget) {
        List<JsonNode> values = AskedFilter.values(filter.agreeing(), event, budget);
        if (values == null) {
            return null;
        }
        String id = workflow.scheduleId() + (values.isEmpty() ? "" : CanonicalJson.of(values));
        return new Address(WorkflowTypes.SCHEDULE, id);
    }

    private static TypedValue gathered(Filter filter, EventRouter.Taking taking) {
        IncomingEvent event = taking.event();
        return new ScheduleMessage.Event(filter.asked().key(), taking.at(), event.identity(), event.bytes()).form();
    }

    private void start(EventRouter.Taking taking) {
        IncomingEvent event = taking.event();
        String id = StableHash.id(workflow.scheduleId(), event.required("source"), event.required("id"));
        ArrayNode input = JsonBytes.NODES.arrayNode().add(EventReading.read(schedule.read(), event.json()));
        taking.outlet()
                .send(
                        new Address(WorkflowTypes.INSTANCE, id),
                        new InstanceMessage.Start(
                                        WorkflowName.of(workflow.definition().id()),
                                        JsonBytes.of(input),
                                        new Origin(taking.at(), null, null),
                                        null)
                                .form());
    }
}
