package dev.weft.job.graph;

import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as boxes and arrows: its tasks, in the order in which the flow may come to them. A way back is told in the
 * box it leads from, and not drawn: arrows never form a circle.
 */
public final class WorkflowPicture {

    private static final String START = "start";
    private static final String END = "end";

    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();

    /** Boxes from which the flow ends, wherever they are. */
    private final List<String> ending = new ArrayList<>();

    private WorkflowPicture() {}

    /** Returns the picture of a definition. */
    public static MeshPicture of(Definition definition) {
        return new WorkflowPicture().draw(definition);
    }

    private MeshPicture draw(Definition definition) {
        boxes.add(new Box(START, Box.Kind.CHANNEL, START, words(definition.schedule())));
        List<String> exits = list(definition.body(), List.of(START));
        boxes.add(new Box(END, Box.Kind.CHANNEL, END, ""));
        exits.forEach(exit -> arrow(exit, END));
        ending.forEach(exit -> arrow(exit, END));
        String about = "%s · %d tasks".formatted(definition.id(), boxes.size() - 2);
        return new MeshPicture(definition.id().name(), about, boxes, arrows);
    }

    private void arrow(String from, String to) {
        Arrow arrow = new Arrow(from, to, Arrow.Kind.FLOW);
        if (!arrows.contains(arrow)) {
            arrows.add(arrow);
        }
    }

    /** Draws tasks that stand in one list, and returns from which boxes the flow leaves it. */
    private List<String> list(List<Task> tasks, List<String> entries) {
        Map<String, List<String>> comers = new HashMap<>();
        List<String> leaving = new ArrayList<>();
        List<String> before = entries;
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            List<String> from = new ArrayList<>(before);
            from.addAll(comers.getOrDefault(task.name(), List.of()));
            String id = id(task);
            boxes.add(new Box(id, kind(task.body()), task.name(), words(task, tasks, i)));
            from.forEach(comer -> arrow(comer, id));
            List<String> exits = new ArrayList<>();
            if (task.body() instanceof Body.Switch choice) {
                for (Body.Case each : choice.cases()) {
                    follow(each.then(), List.of(id), tasks, i, comers, exits, leaving);
                }
                if (choice.cases().stream().allMatch(each -> each.when() != null)) {
                    follow(task.then(), List.of(id), tasks, i, comers, exits, leaving);
                }
            } else {
                List<String> through = within(task.body(), id);
                follow(task.then(), through, tasks, i, comers, exits, leaving);
            }
            before = exits;
        }
        leaving.addAll(before);
        return leaving;
    }

    /** Takes boxes to where the flow goes from them: to the next task, to a later one, or out. */
    private void follow(
            Then then,
            List<String> from,
            List<Task> tasks,
            int at,
            Map<String, List<String>> comers,
            List<String> toNext,
            List<String> leaving) {
        if (then instanceof Then.End) {
            ending.addAll(from);
        } else if (then instanceof Then.Exit) {
            leaving.addAll(from);
        } else if (then instanceof Then.To to) {
            if (!isBack(to, tasks, at)) {
                comers.computeIfAbsent(to.task(), unused -> new ArrayList<>()).addAll(from);
            }
        } else {
            toNext.addAll(from);
        }
    }

    private static boolean isBack(Then.To to, List<Task> tasks, int at) {
        return tasks.subList(0, at + 1).stream().anyMatch(task -> task.name().equals(to.task()));
    }

    /** Draws what a task is made of, and returns from which boxes the flow leaves it. */
    private List<String> within(Body body, String id) {
        if (body instanceof Body.Do sequence) {
            return list(sequence.tasks(), List.of(id));
        }
        if (body instanceof Body.For loop) {
            return list(loop.tasks(), List.of(id));
        }
        if (body instanceof Body.ForEach each) {
            return list(each.tasks(), List.of(id));
        }
        if (body instanceof Body.Listen listen && listen.foreach() != null) {
            return list(listen.foreach().tasks(), List.of(id));
        }
        List<String> exits = new ArrayList<>();
        if (body instanceof Body.Fork fork) {
            fork.branches().forEach(branch -> exits.addAll(list(List.of(branch), List.of(id))));
        } else if (body instanceof Body.Try attempt) {
            exits.addAll(list(attempt.tasks(), List.of(id)));
            exits.addAll(list(attempt.handler(), List.of(id)));
        } else if (!(body instanceof Body.Raise || body instanceof Body.ContinueAs)) {
            exits.add(id);
        }
        return exits;
    }

    private static Box.Kind kind(Body body) {
        if (body instanceof Body.Listen || body instanceof Body.Wait) {
            return Box.Kind.PATTERN;
        }
        if (body instanceof Body.Call || body instanceof Body.RunWorkflow || body instanceof Body.Emit) {
            return Box.Kind.TARGET;
        }
        return body instanceof Body.Raise ? Box.Kind.DEAD_LETTER : Box.Kind.ROUTE;
    }

    private static String words(Task task, List<Task> scope, int at) {
        String back = task.then() instanceof Then.To to && isBack(to, scope, at) ? ", then back to " + to.task() : "";
        String condition =
                task.condition() == null ? "" : "if " + task.condition().text().strip() + ": ";
        return condition + words(task.body(), scope, at) + back;
    }

    private static String words(Body body, List<Task> scope, int at) {
        if (body instanceof Body.Switch choice) {
            return "switch "
                    + choice.cases().stream()
                            .map(each -> each.then() instanceof Then.To to && isBack(to, scope, at)
                                    ? each.name() + " back to " + to.task()
                                    : each.name())
                            .collect(Collectors.joining(", "));
        }
        if (body instanceof Body.Wait wait) {
            return "wait" + (wait.span() instanceof Span.Fixed fixed ? " " + fixed.duration() : "");
        }
        if (body instanceof Body.Listen listen) {
            return "listen to " + words(listen.events());
        }
        if (body instanceof Body.Call call) {
            return "call " + call.kind();
        }
        if (body instanceof Body.CallFunction function) {
            return "call " + function.function();
        }
        if (body instanceof Body.RunWorkflow run) {
            return (run.await() ? "run " : "start ") + run.namespace() + "/" + run.name();
        }
        if (body instanceof Body.ContinueAs next) {
            return "continue as " + next.namespace() + "/" + next.name();
        }
        if (body instanceof Body.Try attempt) {
            return attempt.retry() == null ? "try" : "try, and again";
        }
        if (body instanceof Body.Fork fork) {
            return fork.competes() ? "fork, the first counts" : "fork";
        }
        if (body instanceof Body.For || body instanceof Body.ForEach) {
            return "for each";
        }
        if (body instanceof Body.Compensate) {
            return "take back what has completed";
        }
        return body.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String words(Await events) {
        String kind = events.kind().name().toLowerCase(Locale.ROOT);
        String types =
                events.filters().stream().map(WorkflowPicture::type).distinct().collect(Collectors.joining(", "));
        return types.isEmpty() ? kind : kind + " of " + types;
    }

    private static String type(EventFilter filter) {
        return filter.tests().stream()
                .filter(test -> test instanceof EventFilter.Test.Equal equal
                        && equal.attribute().equals("type"))
                .map(test -> ((EventFilter.Test.Equal) test).text())
                .findFirst()
                .orElse("events");
    }

    private static String words(@Nullable Schedule schedule) {
        if (schedule instanceof Schedule.On on) {
            return "on " + words(on.events());
        }
        if (schedule instanceof Schedule.Cron cron) {
            return "at " + cron.expression();
        }
        if (schedule instanceof Schedule.Every every) {
            return "every " + (every.interval() instanceof Span.Fixed fixed ? fixed.duration() : "so often");
        }
        return schedule == null ? "" : "after the one before";
    }

    private static String id(Task task) {
        StringBuilder id = new StringBuilder("task");
        task.pointer()
                .chars()
                .forEach(c -> id.append(
                        c < 128 && Character.isLetterOrDigit(c) ? Character.toString(c) : c == '/' ? "_" : "-" + c));
        return id.toString();
    }
}
