package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weft.function.Address;
import dev.weft.function.Effects.Send;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body.Read;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.engine.EventReading;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events that meet until there are enough of them to start an instance: one for each filter, or all that come until a
 * condition holds or others have come. An event counts once. Not safe for use by several threads.
 */
final class Gathering {

    static final String TYPENAME = "weft.workflow/gathering";

    /** The most that wait; what comes then goes to the dead letter. */
    static final int MOST = 1000;

    private static final int VERSION = 1;

    private final String scheduleId;
    private final Workflow workflow;
    private final Schedule.On schedule;
    private final JqBudget budget;
    private final List<ScheduleMessage.Event> waiting;
    private final List<Send> sends = new ArrayList<>(1);

    /** Begins with what waits. */
    Gathering(Workflow workflow, Schedule.On schedule, List<ScheduleMessage.Event> waiting, JqBudget budget) {
        this.scheduleId = workflow.scheduleId();
        this.workflow = workflow;
        this.schedule = schedule;
        this.waiting = waiting;
        this.budget = budget;
    }

    void take(ScheduleMessage.Event event) throws UnreadableException {
        for (ScheduleMessage.Event other : waiting) {
            if (other.identity() == event.identity()) {
                return;
            }
        }
        waiting.add(event);
        List<ScheduleMessage.Event> enough =
                schedule.events().kind() == Await.Kind.ALL ? oneOfEach(schedule.events()) : allUntil(event);
        if (enough != null) {
            start(enough, event);
        } else if (waiting.size() > MOST) {
            throw new UnreadableException(
                    "found " + MOST + " events that wait for others to start " + workflow + ", expected fewer");
        }
    }

    /** Returns the first event of each filter, in the order they came; null where a filter has none. */
    private @Nullable List<ScheduleMessage.Event> oneOfEach(Await await) {
        List<ScheduleMessage.Event> found = new ArrayList<>();
        for (EventFilter filter : workflow.program().filtersOf(await)) {
            Set<String> keys = keys(filter);
            ScheduleMessage.Event first = waiting.stream()
                    .filter(event -> keys.contains(event.filter()) && !found.contains(event))
                    .findFirst()
                    .orElse(null);
            if (first == null) {
                return null;
            }
            found.add(first);
        }
        waiting.removeAll(found);
        return found;
    }

    private @Nullable List<ScheduleMessage.Event> allUntil(ScheduleMessage.Event last) throws UnreadableException {
        Await.Until until = schedule.events().until();
        if (until instanceof Await.Until.True condition) {
            return holds(condition) ? takeAll(Set.of()) : null;
        }
        Await ending = until instanceof Await.Until.Events events ? events.events() : schedule.events();
        Set<String> keys = keys(ending);
        if (!keys.contains(last.filter())) {
            return null;
        }
        boolean isOver = ending.kind() != Await.Kind.ALL || oneOfEach(ending) != null;
        return isOver ? takeAll(keys) : null;
    }

    private Set<String> keys(Await await) {
        return workflow.program().filtersOf(await).stream()
                .flatMap(filter -> keys(filter).stream())
                .collect(Collectors.toSet());
    }

    private Set<String> keys(EventFilter filter) {
        return workflow.filterEver(filter.index()).stream()
                .map(AskedFilter::key)
                .collect(Collectors.toSet());
    }

    private boolean holds(Await.Until.True condition) throws UnreadableException {
        try {
            return condition.condition().test(read(waiting), Variables.NONE, budget);
        } catch (JqFailure e) {
            return false;
        }
    }

    /** Takes all that waits, of which those with such a filter only said that it is enough. */
    private List<ScheduleMessage.Event> takeAll(Set<String> ending) {
        List<ScheduleMessage.Event> all = new ArrayList<>(waiting);
        all.removeIf(event -> ending.contains(event.filter()));
        waiting.clear();
        return all;
    }

    private ArrayNode read(List<ScheduleMessage.Event> events) throws UnreadableException {
        ArrayNode array = JsonBytes.NODES.arrayNode();
        Read read = schedule.read();
        for (ScheduleMessage.Event event : events) {
            array.add(EventReading.read(read, JsonBytes.readObject(event.json())));
        }
        return array;
    }

    /** @param last the event that came last: where nothing was collected, the instance's id is made of it alone */
    private void start(List<ScheduleMessage.Event> events, ScheduleMessage.Event last) throws UnreadableException {
        List<String> parts = new ArrayList<>(List.of(scheduleId, "events"));
        for (ScheduleMessage.Event event : events.isEmpty() ? List.of(last) : events) {
            parts.add(Long.toHexString(event.identity()));
        }
        sends.add(new Send(
                new Address(WorkflowTypes.INSTANCE, StableHash.id(parts.toArray(String[]::new))),
                new InstanceMessage.Start(
                                WorkflowName.of(workflow.definition().id()),
                                JsonBytes.of(read(events)),
                                new Origin(last.at(), null, null),
                                null)
                        .form()));
    }

    List<Send> sends() {
        return sends;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    byte[] form() {
        FormWriter out = new FormWriter(VERSION, 1024);
        waiting.forEach(event -> event.write(out));
        return out.done();
    }

    static List<ScheduleMessage.Event> read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("events of a schedule", form, VERSION);
        List<ScheduleMessage.Event> waiting = new ArrayList<>();
        while (!in.isAtEnd()) {
            waiting.add(ScheduleMessage.Event.read(in));
        }
        return waiting;
    }
}
