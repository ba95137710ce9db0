package dev.weft.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents that nobody would write, with all kinds of tasks in each other. */
final class RandomDocument {

    private static final String[] EVENTS = {"a", "b", "c"};

    private final Random random;
    private int names;

    private RandomDocument(Random random) {
        this.random = random;
    }

    static String of(Random random) {
        return new RandomDocument(random).document();
    }

    private String document() {
        String metadata = chance(3) ? ", metadata: { compensateOnFault: true, resetPoints: 3 }" : "";
        String timeout = chance(5) ? "timeout: { after: PT20S }\n" : "";
        return """
                document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0%s }
                %suse:
                  functions:
                    undo: { do: [ { pause: { wait: PT1S } }, { undone: { emit: { event: { with: { type: undo, data: "${ . }" } } } } } ] }
                    note: { emit: { event: { with: { type: note, data: "${ [., $context] }" } } } }
                  extensions:
                    - some: { extend: wait, when: "type == \\"number\\"", before: [ { x: { call: note } } ], after: [ { y: { call: note } } ] }
                do: %s
                """.formatted(metadata, timeout, tasks(3));
    }

    private String tasks(int depth) {
        List<String> known = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            known.add("t" + names++);
        }
        return tasks(depth, known, known);
    }

    /** Branches do not go to each other. */
    private String branches(int depth) {
        return tasks(depth, List.of("t" + names++, "t" + names++), List.of("exit"));
    }

    private String tasks(int depth, List<String> called, List<String> known) {
        StringBuilder tasks = new StringBuilder("[ ");
        for (int i = 0; i < called.size(); i++) {
            tasks.append(i == 0 ? "" : ", ").append("{ ").append(called.get(i)).append(": { ");
            tasks.append(around(known)).append(body(depth, known)).append(" } }");
        }
        return tasks.append(" ]").toString();
    }

    private String around(List<String> known) {
        StringBuilder around = new StringBuilder();
        if (chance(8)) {
            around.append("if: \"tostring | length % 2 == 0\", ");
        }
        if (chance(6)) {
            around.append("input: { from: \"[.] | tostring | length\" }, ");
        }
        if (chance(6)) {
            around.append("output: { as: \"[$input, (tostring | length)]\" }, ");
        }
        if (chance(4)) {
            around.append("export: { as: \"{last: $task.name, n: (tostring | length)}\" }, ");
        }
        if (chance(6)) {
            around.append("timeout: { after: PT").append(random.nextInt(8)).append("S }, ");
        }
        if (chance(5)) {
            around.append("metadata: { compensate: undo }, ");
        }
        if (chance(8)) {
            around.append("then: ").append(target(known)).append(", ");
        }
        return around.toString();
    }

    private String target(List<String> known) {
        String[] words = {"continue", "exit", "end", known.get(random.nextInt(known.size()))};
        return words[random.nextInt(words.length)];
    }

    private String body(int depth, List<String> known) {
        int kinds = depth == 0 ? 9 : 15;
        return switch (random.nextInt(kinds)) {
            case 0 -> "set: { v: \"${ tostring | length }\", c: \"${ $context }\" }";
            case 1 ->
                "switch: [ { x: { when: \"(tostring | length) % 3 == 0\", then: " + target(known)
                        + " } }, { y: { then: " + target(known) + " } } ]";
            case 2 -> "wait: PT" + random.nextInt(6) + "S";
            case 3 -> "emit: { event: { with: { type: out, data: \"${ [tostring | length] }\" } } }";
            case 4 -> "raise: { error: { type: https://example.com/e" + random.nextInt(2) + ", status: 500 } }";
            case 5 ->
                "run: { workflow: { namespace: test, name: child, version: 1.0.0, input: { n: 1 } }, await: "
                        + random.nextBoolean() + " }";
            case 6 -> "call: http, with: { method: get, endpoint: \"https://example.com\" }";
            case 7 -> "call: note";
            case 8 -> "listen: { to: " + events() + " }";
            case 9, 10 -> "do: " + tasks(depth - 1);
            case 11 -> "for: { in: \"[1, 2]\" }, while: \"(tostring | length) < 200\", do: " + tasks(depth - 1);
            case 12 ->
                "try: " + tasks(depth - 1) + ", catch: { " + matched() + retry() + "do: " + tasks(depth - 1) + " }";
            case 13 -> "fork: { compete: " + random.nextBoolean() + ", branches: " + branches(depth - 1) + " }";
            default -> "listen: { to: " + events() + " }, foreach: { do: " + tasks(depth - 1) + " }";
        };
    }

    private String matched() {
        return chance(2) ? "" : "errors: { with: { type: https://example.com/e0 } }, ";
    }

    private String retry() {
        return chance(2)
                ? ""
                : "retry: { delay: PT" + random.nextInt(2) + "S, limit: { attempt: { count: 2, duration: PT3S } } }, ";
    }

    private String events() {
        return switch (random.nextInt(5)) {
            case 0 -> "{ one: " + filter() + " }";
            case 1 -> "{ all: [ " + filter() + ", " + filter() + " ] }";
            case 2 -> "{ any: [ " + filter() + ", " + filter() + " ] }";
            case 3 -> "{ any: [ " + filter() + " ], until: \"length > 1\" }";
            default -> "{ any: [ " + filter() + " ], until: { one: " + filter() + " } }";
        };
    }

    private String filter() {
        String correlate = chance(3) ? ", correlate: { k: { from: .data } }" : "";
        return "{ with: { type: " + EVENTS[random.nextInt(EVENTS.length)] + " }" + correlate + " }";
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
