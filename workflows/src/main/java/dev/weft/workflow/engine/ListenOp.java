package dev.weft.workflow.engine;

import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ListenOp extends Op {

    /** The key of a task's metadata that says from when on events are meant: {@code instance}, or {@code listen}. */
    private static final String SINCE = "since";

    final Body.Listen body;
    List<EventFilter> filters = List.of();

    /** Of the events that end it and are no part of what is read. */
    List<EventFilter> untilFilters = List.of();

    /** What is done for each event; null for nothing. */
    final @Nullable Scope each;

    final boolean sinceItBegan;

    ListenOp(int number, Task task, Body.Listen body, @Nullable Scope each) {
        super(number, task);
        this.body = body;
        this.each = each;
        this.sinceItBegan = "listen".equals(task.metadata().json().path(SINCE).asText());
    }

    /** Says what every event is known by, where a filter is needed for that. */
    void resolve(@Nullable EventFilter anyEvent) {
        filters = Compilation.filtersOf(body.events(), anyEvent);
        Await until = untilEvents();
        untilFilters = until == null ? List.of() : Compilation.filtersOf(until, anyEvent);
    }

    /** Returns the events that end it and are no part of what is read; null where there are none. */
    @Nullable
    Await untilEvents() {
        return body.events().until() instanceof Await.Until.Events events ? events.events() : null;
    }

    /** Returns all filters, those of the events that end it last. */
    List<EventFilter> allFilters() {
        List<EventFilter> all = new ArrayList<>(filters);
        all.addAll(untilFilters);
        return all;
    }

    @Override
    List<Scope> inner() {
        return each == null ? List.of() : List.of(each);
    }

    @Override
    void begin(Run run) throws Failed {
        Listening listening = new Listening(run, this, run.newToken());
        run.push(listening);
        listening.begin(run);
    }
}
