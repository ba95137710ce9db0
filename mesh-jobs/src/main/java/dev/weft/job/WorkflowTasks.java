package dev.weft.job;

import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Extension;
import dev.weft.workflow.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All tasks of a definition, at whatever depth.
 *
 * @param emits whether there is one that sends events
 * @param waitsForEvents whether there is one that waits for events, or events make instances
 */
record WorkflowTasks(List<Task> tasks, boolean emits, boolean waitsForEvents) {

    static WorkflowTasks of(Definition definition) {
        List<Task> tasks = new ArrayList<>();
        collect(definition.body(), tasks);
        collect(List.copyOf(definition.functions().values()), tasks);
        boolean emits = tasks.stream().anyMatch(task -> task.body() instanceof Body.Emit);
        boolean isBegunByEvents =
                definition.schedule() != null && definition.schedule().events() != null;
        boolean listens = tasks.stream().anyMatch(task -> task.body() instanceof Body.Listen);
        return new WorkflowTasks(List.copyOf(tasks), emits, isBegunByEvents || listens);
    }

    /** Returns the topics to which tasks send events, where they name them. */
    SortedSet<String> topicsOfEvents() {
        SortedSet<String> topics = new TreeSet<>();
        for (Task task : tasks) {
            if (task.body() instanceof Body.Emit emit && emit.topic() != null) {
                topics.add(emit.topic());
            }
        }
        return topics;
    }

    /** Returns the topics by which events must have come, where tasks name them. */
    SortedSet<String> topicsWaitedFor() {
        SortedSet<String> topics = new TreeSet<>();
        for (Task task : tasks) {
            if (task.body() instanceof Body.Listen listen) {
                for (EventFilter filter : listen.events().filters()) {
                    for (EventFilter.Test test : filter.tests()) {
                        if (test instanceof EventFilter.Test.CameBy by) {
                            topics.add(by.topic());
                        }
                    }
                }
            }
        }
        return topics;
    }

    private static void collect(List<Task> from, List<Task> into) {
        for (Task task : from) {
            into.add(task);
            collect(within(task.body()), into);
            if (task.compensation() != null) {
                collect(List.of(task.compensation()), into);
            }
            for (Extension extension : task.extensions()) {
                collect(extension.before(), into);
                collect(extension.after(), into);
            }
        }
    }

    /** Returns the tasks that a task is made of. */
    private static List<Task> within(Body body) {
        if (body instanceof Body.Do sequence) {
            return sequence.tasks();
        }
        if (body instanceof Body.For loop) {
            return loop.tasks();
        }
        if (body instanceof Body.ForEach each) {
            return each.tasks();
        }
        if (body instanceof Body.Fork fork) {
            return fork.branches();
        }
        if (body instanceof Body.Try attempt) {
            return Stream.concat(attempt.tasks().stream(), attempt.handler().stream())
                    .toList();
        }
        return body instanceof Body.Listen listen && listen.foreach() != null
                ? listen.foreach().tasks()
                : List.of();
    }
}
