package dev.weft.workflow.host;

import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Change;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.jq.JqBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls {@link TimedSchedule} and {@link Gathering}. A schedule is one or the other, by what the newest definition
 * says.
 */
final class ScheduleFunction implements Invoker {

    private static final String TIMED = "timed";
    private static final String EVENTS = "events";

    private final WorkflowBook book;
    private final HostSettings settings;
    private final LongSupplier clock;
    private final JqBudget budget;

    ScheduleFunction(WorkflowBook book, HostSettings settings, LongSupplier clock, LongSupplier nanoTime) {
        this.book = book;
        this.settings = settings;
        this.clock = clock;
        this.budget = JqBudget.usual(nanoTime);
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return List.of(
                ValueDeclaration.kept(TIMED, TimedState.TYPENAME), ValueDeclaration.kept(EVENTS, Gathering.TYPENAME));
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        answer.accept(Turn.answer(() -> take(invocation)));
    }

    private Effects take(Invocation invocation) throws UnreadableException {
        List<ScheduleMessage> ofTime = new ArrayList<>();
        List<ScheduleMessage.Event> events = new ArrayList<>();
        for (Message message : invocation.messages()) {
            ScheduleMessage said = ScheduleMessage.read(message.argument());
            if (said instanceof ScheduleMessage.Event event) {
                events.add(event);
            } else {
                ofTime.add(said);
            }
        }
        Workflow workflow = workflow(invocation.target().id());
        Effects effects = ofTime.isEmpty() ? Effects.NONE : timed(invocation, workflow, ofTime);
        return events.isEmpty() ? effects : together(effects, gathered(invocation, workflow, events));
    }

    /** Names hold no bracket; values of correlations, which follow the name, begin with one. */
    private @Nullable Workflow workflow(String id) {
        int bracket = id.indexOf('[');
        String name = bracket < 0 ? id : id.substring(0, bracket);
        int slash = name.indexOf('/');
        return slash < 0
                ? null
                : book.find(new WorkflowName(name.substring(0, slash), name.substring(slash + 1), null))
                        .orElse(null);
    }

    private Effects timed(Invocation invocation, @Nullable Workflow workflow, List<ScheduleMessage> messages)
            throws UnreadableException {
        TypedValue kept = invocation.values().get(TIMED);
        TimedSchedule schedule = new TimedSchedule(
                invocation.target(),
                workflow,
                kept == null ? null : TimedState.read(kept.bytes()),
                clock.getAsLong(),
                settings.onTime().toMillis());
        messages.forEach(schedule::take);
        TimedState state = schedule.state();
        Change change = new Change(TIMED, state == null ? null : new TypedValue(TimedState.TYPENAME, state.form()));
        return new Effects(
                schedule.sends(), schedule.delays(), List.of(), schedule.isChanged() ? List.of(change) : List.of());
    }

    private Effects gathered(Invocation invocation, @Nullable Workflow workflow, List<ScheduleMessage.Event> events)
            throws UnreadableException {
        if (workflow == null || !(workflow.definition().schedule() instanceof Schedule.On on)) {
            throw new UnreadableException("found events for the schedule of "
                    + invocation.target().id() + ", which the config does not have any more");
        }
        TypedValue kept = invocation.values().get(EVENTS);
        Gathering gathering =
                new Gathering(workflow, on, kept == null ? new ArrayList<>() : Gathering.read(kept.bytes()), budget);
        for (ScheduleMessage.Event event : events) {
            gathering.take(event);
        }
        Change change =
                new Change(EVENTS, gathering.isEmpty() ? null : new TypedValue(Gathering.TYPENAME, gathering.form()));
        return new Effects(gathering.sends(), List.of(), List.of(), List.of(change));
    }

    private static Effects together(Effects one, Effects other) {
        List<Effects.Send> sends = new ArrayList<>(one.sends());
        sends.addAll(other.sends());
        List<Change> changes = new ArrayList<>(one.changes());
        changes.addAll(other.changes());
        return new Effects(sends, one.delays(), List.of(), changes);
    }

    @Override
    public void close() {
        // Nothing is under way after a call.
    }
}
