package dev.weft.workflow.read;

import dev.weft.config.Field;
import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.workflow.Task;
import dev.weft.workflow.parts.FlowChecks;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads lists of named tasks, each of which is a scope. */
final class TaskLists {

    private static final Set<String> RESERVED = Set.of("continue", "exit", "end");
    private static final String ITEM = "one name with its task";

    private final Reading reading;
    private final Problems problems;
    private final TaskReading tasks;

    TaskLists(Reading reading, Uses uses) {
        this.reading = reading;
        this.problems = reading.problems();
        this.tasks = new TaskReading(reading, uses, this);
    }

    /** Returns how single tasks are read. */
    TaskReading tasks() {
        return tasks;
    }

    /** Reads tasks that are done one after the other. */
    List<Task> sequence(Field list, String pointer, Locals locals, boolean extended) {
        Map<String, Named> named = named(list, pointer);
        List<Task> read = read(named, locals, List.copyOf(named.keySet()), extended);
        if (read.size() == named.size()) {
            FlowChecks.check(read, named.values().stream().map(Named::place).toList(), reading);
        }
        return read;
    }

    /** Reads tasks that are done side by side: none leads to another. */
    List<Task> branches(Field list, String pointer, Locals locals, boolean extended) {
        return read(named(list, pointer), locals, List.of(), extended);
    }

    private List<Task> read(Map<String, Named> named, Locals locals, List<String> siblings, boolean extended) {
        List<Task> read = new ArrayList<>();
        named.forEach((name, it) -> tasks.read(it.task(), new Place(name, it.pointer(), locals, siblings, extended))
                .ifPresent(read::add));
        return read;
    }

    /** A task as it stands in a list. */
    private record Named(Location at, String pointer, Node task) {

        FlowChecks.Place place() {
            return new FlowChecks.Place(at, task.path());
        }
    }

    private Map<String, Named> named(Field list, String pointer) {
        Map<String, Named> named = new LinkedHashMap<>();
        int index = 0;
        for (Node item : list.items("a task").orElse(List.of())) {
            String place = pointer + "/" + index++ + "/";
            Single.of(item)
                    .ifPresentOrElse(
                            task -> put(task, place + Place.escaped(task.name()), named),
                            () -> problems.add(item, found(item), ITEM));
        }
        return named;
    }

    private static String found(Node item) {
        return item instanceof Mapping mapping && !mapping.names().isEmpty()
                ? mapping.names().size() + " names in one item"
                : item.described();
    }

    private void put(Single task, String pointer, Map<String, Named> named) {
        String name = task.name();
        String path = task.value().path();
        Named before = named.get(name);
        if (RESERVED.contains(name) || name.isBlank()) {
            problems.add(task.at(), path, "a task named \"" + name + "\"", "another name: that one has a meaning");
        } else if (before != null) {
            problems.add(
                    task.at(),
                    path,
                    "the task \"" + name + "\" a second time",
                    "each name once in a list: it first stands on line "
                            + before.at().line());
        } else {
            named.put(name, new Named(task.at(), pointer, task.value()));
        }
    }
}
