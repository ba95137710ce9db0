package dev.weft.benchmarks.pattern;

import dev.weft.benchmarks.pattern.Stream.Mix;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What everyone is asked: a pattern, or a hundred, and the events it is looked for in. */
enum Question {
    /** A, then B, then C. */
    SEQUENCE(Mix.HOT, "[{ step: a, @A }, { step: b, @B }, { step: c, @C }]"),
    /** Three times A. */
    COUNT(Mix.HOT, "[{ step: a, @A, times: 3 }]"),
    /** A, and no B after it. */
    ABSENCE(Mix.HOT, "[{ step: a, @A }, { step: b, @B, absent: true }]"),
    /** A hundred times A within an hour. */
    COUNT_100(Mix.ONE_TYPE, "[{ step: a, @A, times: 100 }]"),
    /** The same, and no event is part of two matches. */
    COUNT_100_SKIP(Mix.ONE_TYPE, "[{ step: a, @A, times: 100 }]"),
    /** SEQUENCE, where one event in a hundred is one of the three. */
    COLD_SEQUENCE(Mix.COLD, SEQUENCE.steps),
    /** ABSENCE, where one event in a hundred matters. */
    COLD_ABSENCE(Mix.COLD, ABSENCE.steps),
    /** SEQUENCE, where one event in ten matters. */
    ONE_PATTERN(Mix.TENTH, SEQUENCE.steps),
    /** A hundred of SEQUENCE, each with types of its own. */
    HUNDRED_PATTERNS(Mix.HUNDRED, SEQUENCE.steps),
    /** A, the next event B, the next C. */
    NEXT(Mix.HOT, "[{ step: a, @A }, { step: b, @B, contiguity: next }, { step: c, @C, contiguity: next }]"),
    /** Three times A with nothing in between, then C. */
    CONSECUTIVE(Mix.HOT, "[{ step: a, @A, times: 3, repeat: consecutive }, { step: c, @C }]"),
    /** A, perhaps B, then C. */
    OPTIONAL(Mix.HOT, "[{ step: a, @A }, { step: b, @B, optional: true }, { step: c, @C }]"),
    /** Two of all A, then C. */
    COMBINATIONS(Mix.HOT, "[{ step: a, @A, times: 2, repeat: combinations }, { step: c, @C }]");

    static final String SHARE_PROPERTY = "weft.share";

    /** Divides keys and events, with as many events of each key as before: for contenders that take minutes. */
    static final int SHARE = Integer.getInteger(SHARE_PROPERTY, 1);

    private static final int KEYS = 10_000;
    private static final int FEW_KEYS = 1_000;
    private static final int COUNT_KEYS = 100;
    private static final double PER_MILLI = 10;
    private static final double COUNT_PER_MILLI = 0.1;

    private final Mix mix;
    private final String steps;

    Question(Mix mix, String steps) {
        this.mix = mix;
        this.steps = steps;
    }

    static Question of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean counts100() {
        return mix == Mix.ONE_TYPE;
    }

    /** Returns how many events come before those that are measured: until as many are forgotten as come. */
    int before() {
        return counts100() ? 20_000 : 100_000 / SHARE;
    }

    int measured() {
        return counts100() ? 5_000 : 50_000 / SHARE;
    }

    /** Returns how many events come between checkpoints; the measured ones end with one. */
    int checkpointEvery() {
        return 2 * measured();
    }

    Stream stream() {
        int events = before() + measured();
        if (counts100()) {
            return Stream.of(mix, COUNT_KEYS, COUNT_PER_MILLI, events);
        }
        return Stream.of(mix, (mix == Mix.HOT ? KEYS : FEW_KEYS) / SHARE, PER_MILLI / SHARE, events);
    }

    /** Returns the time of all patterns: odd, for the reason of {@link Stream}. */
    long withinMillis() {
        return counts100() ? 3_599_999 : 9_999;
    }

    boolean skips() {
        return this == COUNT_100_SKIP;
    }

    /** Returns how many bytes of memory rows may take for a fifth of the keys to be in memory, about. */
    long memoryOfFifth() {
        return switch (this) {
            case COUNT -> 3_000_000;
            case ABSENCE -> 3_500_000;
            default -> 4_000_000;
        };
    }

    /** Returns those of the contenders that have something to show here. */
    List<Entrant> entrants(List<Entrant> all) {
        return all.stream()
                .filter(entrant -> entrant.knows(this) && entrants().contains(entrant))
                .toList();
    }

    private Set<Entrant> entrants() {
        return switch (this) {
            case SEQUENCE, COUNT, ABSENCE ->
                EnumSet.complementOf(EnumSet.of(Entrant.FLINK_CEP_FILTERED, Entrant.FLINK_CEP_ROCKSDB_FILTERED));
            case COLD_SEQUENCE, COLD_ABSENCE ->
                EnumSet.of(
                        Entrant.FLINK_CEP,
                        Entrant.FLINK_CEP_FILTERED,
                        Entrant.FLINK_CEP_ROCKSDB,
                        Entrant.FLINK_CEP_ROCKSDB_FILTERED,
                        Entrant.WEFT_LOOKING,
                        Entrant.WEFT_ROCKSDB_LOOKING,
                        Entrant.ESPER);
            case ONE_PATTERN, HUNDRED_PATTERNS ->
                EnumSet.of(
                        Entrant.FLINK_CEP,
                        Entrant.FLINK_CEP_FILTERED,
                        Entrant.WEFT_LOOKING,
                        Entrant.WEFT_ROCKSDB_LOOKING,
                        Entrant.ESPER);
            case COUNT_100 -> EnumSet.of(Entrant.FLINK_CEP, Entrant.WEFT, Entrant.WEFT_LOOKING, Entrant.ESPER);
            default -> EnumSet.of(Entrant.FLINK_CEP, Entrant.WEFT, Entrant.WEFT_LOOKING);
        };
    }

    boolean isCount() {
        return this == COUNT || this == COUNT_100 || this == COUNT_100_SKIP;
    }

    boolean isAbsence() {
        return this == ABSENCE || this == COLD_ABSENCE;
    }

    /** Returns the time of a match: that of its last event, or when the time was over. */
    long timeOf(Map<String, List<Reading>> taken) {
        if (isAbsence()) {
            return taken.values().iterator().next().get(0).getTime() + withinMillis();
        }
        long last = 0;
        for (List<Reading> events : taken.values()) {
            last = Math.max(last, events.get(events.size() - 1).getTime());
        }
        return last;
    }

    /** Returns the types that a pattern asks for. */
    List<String> types(int pattern) {
        return List.of(Stream.type(pattern, 'A'), Stream.type(pattern, 'B'), Stream.type(pattern, 'C'));
    }

    int patterns() {
        return mix.patterns();
    }

    /** Returns a pattern as a job config has it. */
    String yaml(int pattern) {
        List<String> types = types(pattern);
        String sequence = steps;
        for (int i = 0; i < types.size(); i++) {
            sequence = sequence.replace("@" + (char) ('A' + i), "where: { type: [" + types.get(i) + "] }");
        }
        boolean scoped = this == NEXT || this == CONSECUTIVE;
        return """
                - id: p%d
                  from: [in]
                  to: [out]
                  partitionBy: subject
                  within: %dms
                  afterMatch: %s
                %s  sequence: %s
                  emit: { type: bench.match, subject: "${key}" }
                """.formatted(
                        pattern,
                        withinMillis(),
                        skips() ? "skipPastLast" : "noSkip",
                        scoped ? "  events: { where: { type: [" + String.join(", ", types) + "] } }\n" : "",
                        sequence);
    }
}
