package dev.weft.workflow.parts;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The variables that tasks around an expression give to it, such as {@code $item} in a loop, and with them all that the
 * expression may use. Which are there by where it stands is the table "Runtime expression arguments" of the
 * specification, but for what would be kept: {@code $secrets} is there in the arguments of calls only, and
 * {@code $authorization} nowhere, as what authorizes a call is known only where it is made.
 */
public record Locals(Set<String> names) {

    /** Outside of all loops and handlers. */
    public static final Locals NONE = new Locals(Set.of());

    /** Of {@code input.from} of the workflow. */
    public static final Set<String> WORKFLOW_INPUT = Set.of("workflow", "runtime");

    /** Of {@code output.as} of the workflow. */
    public static final Set<String> WORKFLOW_OUTPUT = Set.of("context", "workflow", "runtime");

    /** Where an event is asked, before there is an instance. */
    public static final Set<String> NOTHING = Set.of();

    private static final Set<String> TASK = Set.of("context", "task", "workflow", "runtime");

    /** Names that no task can give to its variables. */
    private static final Set<String> RESERVED = Set.of(
            "context",
            "input",
            "output",
            "secrets",
            "task",
            "workflow",
            "runtime",
            "authorization",
            "ENV",
            "__loc__",
            "__prog_args");

    public Locals {
        names = Set.copyOf(names);
    }

    /** Returns whether a variable cannot have that name because it has a meaning of its own. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** Returns these and others. */
    public Locals with(String... others) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Arrays.asList(others));
        return new Locals(all);
    }

    /** Returns what {@code if} and {@code input.from} of a task may use. */
    public Set<String> input() {
        return and(TASK);
    }

    /** Returns what a task itself and its {@code output.as} may use. */
    public Set<String> body() {
        Set<String> all = and(TASK);
        all.add("input");
        return all;
    }

    /** Returns what the arguments of a call may use. */
    public Set<String> call() {
        Set<String> all = body();
        all.add("secrets");
        return all;
    }

    /** Returns what {@code export.as} of a task may use. */
    public Set<String> export() {
        Set<String> all = body();
        all.add("output");
        return all;
    }

    private Set<String> and(Set<String> others) {
        Set<String> all = new HashSet<>(names);
        all.addAll(others);
        return all;
    }
}
