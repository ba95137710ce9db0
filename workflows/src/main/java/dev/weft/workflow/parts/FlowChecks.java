package dev.weft.workflow.parts;

import dev.weft.config.Location;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds tasks of one scope to which no way leads, and ways back on which nothing ever waits. Both are warnings. */
public final class FlowChecks {

    /** Where a task is named. */
    public record Place(Location at, String path) {}

    private final List<Task> tasks;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet[] next;

    private FlowChecks(List<Task> tasks) {
        this.tasks = tasks;
        this.next = new BitSet[tasks.size()];
        for (int i = 0; i < tasks.size(); i++) {
            numbers.put(tasks.get(i).name(), i);
        }
        for (int i = 0; i < tasks.size(); i++) {
            next[i] = next(i);
        }
    }

    /**
     * Checks the tasks of a scope; the first of them is where it begins.
     *
     * @param places of the tasks, in the same order
     */
    public static void check(List<Task> tasks, List<Place> places, Reading reading) {
        if (tasks.isEmpty()) {
            return;
        }
        FlowChecks flow = new FlowChecks(tasks);
        BitSet reached = flow.reachedFrom(0, task -> true);
        for (int i = reached.nextClearBit(0); i < tasks.size(); i = reached.nextClearBit(i + 1)) {
            Place place = places.get(i);
            reading.warn(
                    place.at(),
                    place.path(),
                    "the task \"" + tasks.get(i).name() + "\", to which no way leads",
                    "a task that can be reached");
        }
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (flow.leadsBackWithoutRest(i)) {
                Place place = places.get(i);
                reading.warn(
                        place.at(),
                        place.path(),
                        "a way back from the task \"" + tasks.get(i).name() + "\" on which nothing waits",
                        "a task between that waits, listens or calls, or for");
            }
        }
    }

    /** Whether the task has a way to itself or back, from where it comes back to it with no task that waits. */
    private boolean leadsBackWithoutRest(int task) {
        if (Blocking.mayWait(tasks.get(task))) {
            return false;
        }
        return next[task].stream()
                .filter(to -> to <= task && !Blocking.mayWait(tasks.get(to)))
                .anyMatch(to -> reachedFrom(to, it -> !Blocking.mayWait(it)).get(task));
    }

    private BitSet reachedFrom(int from, Predicate<Task> passable) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int task = open.remove();
            if (!reached.get(task) && passable.test(tasks.get(task))) {
                reached.set(task);
                next[task].stream().forEach(open::add);
            }
        }
        return reached;
    }

    private BitSet next(int number) {
        BitSet to = new BitSet();
        Task task = tasks.get(number);
        Body body = task.body();
        boolean goesOn = !(body instanceof Body.Raise || body instanceof Body.ContinueAs);
        if (body instanceof Body.Switch choice) {
            choice.cases().forEach(it -> add(to, number, it.then()));
            goesOn = choice.cases().stream().allMatch(it -> it.when() != null);
        }
        if (body instanceof Body.Try attempt && attempt.then() != null) {
            add(to, number, attempt.then());
        }
        if (goesOn) {
            add(to, number, task.then());
        }
        if (task.condition() != null) {
            add(to, number, Then.CONTINUE);
        }
        return to;
    }

    private void add(BitSet to, int from, Then then) {
        if (then instanceof Then.Continue && from + 1 < tasks.size()) {
            to.set(from + 1);
        } else if (then instanceof Then.To named) {
            to.set(numbers.getOrDefault(named.task(), from));
        }
    }
}
