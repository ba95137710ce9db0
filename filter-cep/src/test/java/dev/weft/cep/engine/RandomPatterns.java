package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Shape;
import dev.weft.cep.WrittenPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random patterns of the whole language, as far as the reader takes them. */
final class RandomPatterns {

    private static final String TYPES = "abcd";

    private final Random random;
    private final List<String> taking = new ArrayList<>();
    private int steps;
    private boolean scoped;

    RandomPatterns(Random random) {
        this.random = random;
    }

    /** Returns a pattern that only the general engine can find. */
    Pattern pattern() {
        while (true) {
            WrittenPatterns written = WrittenPatterns.of("- " + text().strip().replace("\n", "\n  "));
            if (written.messages().isEmpty()) {
                Pattern pattern = written.patterns().get(0);
                if (Shape.of(pattern) == Shape.GENERAL) {
                    return pattern;
                }
            }
        }
    }

    private String text() {
        taking.clear();
        steps = 0;
        scoped = chance(0.6);
        int within = 4 + random.nextInt(25);
        String sequence = parts(1 + random.nextInt(4), 0, within);
        return """
                id: random
                partitionBy: subject
                within: %dms
                %s%s%s%s%ssequence: [%s]
                afterMatch: %s
                emit: { type: found }
                """.formatted(
                within,
                scoped
                        ? "events: { where: { type: [" + (chance(0.5) ? "a, b, c, d" : "a, b, c, d, z, u") + "] } }\n"
                        : "",
                chance(0.15) ? "until: { where: { type: [u] } }\n" : "",
                chance(0.2) ? "having: sum(" + one(taking) + ".data.n) != 3\n" : "",
                chance(0.35) ? "emission: leftmost\n" : "",
                chance(0.35)
                        ? "limits: { partialsPerKey: %d, overflow: %s }\n"
                                .formatted(2 + random.nextInt(6), chance(0.5) ? "dropNew" : "dropOldest")
                        : "",
                sequence,
                afterMatch());
    }

    private String parts(int count, int depth, int within) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (chance(i == 0 ? 0.1 : 0.2)) {
                parts.add(absent(within, depth == 0 && (i == 0 || i == count - 1)));
            }
            if (depth < 2 && chance(depth == 0 ? 0.25 : 0.1)) {
                parts.add("{ group: { sequence: [%s]%s%s%s } }"
                        .formatted(
                                parts(1 + random.nextInt(3), depth + 1, within),
                                chance(0.6) ? ", times: " + times() : "",
                                chance(0.25) ? ", optional: true" : "",
                                contiguity(0.3)));
            } else {
                parts.add(step(depth, within));
            }
        }
        if (depth == 0 && chance(0.2)) {
            parts.add(absent(within, true));
        }
        return String.join(", ", parts);
    }

    private String step(int depth, int within) {
        String name = "s" + steps++;
        String times = chance(0.5) ? times() : "1";
        boolean open = times.endsWith("+");
        StringBuilder step = new StringBuilder("{ step: " + name + ", where: { type: [" + types() + "] }");
        step.append(times.equals("1") ? "" : ", times: " + times);
        step.append(contiguity(0.35));
        if (!times.equals("1") && chance(0.5)) {
            step.append(chance(0.5) && scoped ? ", repeat: consecutive" : chance(0.6) ? ", repeat: combinations" : "");
        }
        step.append(chance(0.2) ? ", optional: true" : "");
        step.append(!times.equals("1") && chance(0.25) ? ", greedy: true" : "");
        step.append(open && chance(0.4) ? ", until: { where: { type: [" + types() + "] }" + when() + " }" : "");
        step.append(depth == 0 && chance(0.15) ? ", within: " + (1 + random.nextInt(within)) + "ms" : "");
        step.append(when());
        taking.add(name);
        return step.append(" }").toString();
    }

    private String absent(int within, boolean gapAllowed) {
        return "{ step: n%d, absent: true, where: { type: [%s] }%s%s%s }"
                .formatted(
                        steps++,
                        types(),
                        gapAllowed && chance(0.3) ? ", within: " + (1 + random.nextInt(within)) + "ms" : "",
                        scoped && chance(0.25) ? ", contiguity: next" : "",
                        when());
    }

    private String when() {
        if (taking.isEmpty() || chance(0.7)) {
            return "";
        }
        String step = one(taking);
        return ", when: \""
                + switch (random.nextInt(5)) {
                    case 0 -> "data.n >= prev.data.n";
                    case 1 -> "data.n != " + step + "[0].data.n";
                    case 2 -> "data.n == " + step + "[last].data.n";
                    case 3 -> "data.n <= sum(" + step + ".data.n)";
                    default -> "time - " + step + "[0].time < duration('9ms')";
                }
                + "\"";
    }

    private String contiguity(double share) {
        return !chance(share) ? "" : scoped && chance(0.5) ? ", contiguity: next" : ", contiguity: followedByAny";
    }

    private String times() {
        int least = 1 + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> least + "+";
            case 1 -> least + ".." + (least + random.nextInt(3));
            case 2 -> "0.." + least;
            default -> "" + (1 + least);
        };
    }

    private String afterMatch() {
        return switch (random.nextInt(6)) {
            case 0 -> "noSkip";
            case 1 -> "skipToNext";
            case 2 -> "{ skipToFirst: " + one(taking) + " }";
            case 3 -> "{ skipToLast: " + one(taking) + " }";
            default -> "skipPastLast";
        };
    }

    private static String one(String text, int at) {
        return text.substring(at, at + 1);
    }

    private String one(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private String types() {
        String type = one(TYPES, random.nextInt(4));
        return chance(0.75) ? type : type + ", " + one(TYPES, random.nextInt(4));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
