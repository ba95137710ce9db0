package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random patterns over random streams, answered by the engines and by {@link NaiveMatcher}: events out of order,
 * watermarks now and then, the state written and read after every event in every second case, a version that is drained
 * in every fifth. {@code -Dweft.seed=N} tries other cases than the usual, {@code -Dweft.fuzz=N} so many instead of
 * 3,000.
 */
class EngineAgreementTest {

    private static final int STREAMS = 20;

    @Test
    void findsWhatTheNaiveMatcherFinds() {
        long seed = Long.getLong("weft.seed", 20261121);
        int pairs = Integer.getInteger("weft.fuzz", 3_000);
        System.out.println("pattern engine agreement test: seed " + seed + ", " + pairs + " (pattern, stream) pairs");
        Random random = new Random(seed);
        RandomSequences sequences = new RandomSequences(random);
        RandomPatterns patterns = new RandomPatterns(random);
        Tally tally = new Tally();
        while (tally.pairs < pairs) {
            Pattern pattern = random.nextInt(10) < 3 ? sequences.pattern() : patterns.pattern();
            for (int i = 0; i < STREAMS && tally.pairs < pairs; i++) {
                compare(pattern, sequences.stream(), random, seed, tally);
            }
        }
        System.out.println("pattern engine agreement test: " + tally);
        assertThat(tally.matches).as("matches").isGreaterThan(pairs / 2);
        assertThat(tally.timeouts).as("timeouts").isGreaterThan(pairs / 2);
        assertThat(tally.windows).as("answers of the window engine").isGreaterThan(pairs / 20);
    }

    private static void compare(Pattern pattern, List<KeptEvent> stream, Random random, long seed, Tally tally) {
        List<Sighting> seen = stream.stream()
                .map(event -> RandomSequences.look(pattern, event))
                .toList();
        long end = stream.get(stream.size() - 1).time() + 1 + random.nextInt(40);
        long drainFrom = random.nextInt(5) == 0
                ? stream.get(random.nextInt(stream.size())).time()
                : Long.MAX_VALUE;
        Optional<List<String>> outcomes = new NaiveMatcher(pattern, seen, end, drainFrom).outcomes();
        if (outcomes.isEmpty()) {
            tally.tooLarge++;
            return;
        }
        List<String> expected = outcomes.get();
        for (PatternEngine<?> engine : engines(pattern)) {
            agree(engine, pattern, stream, seen, drainFrom, end, expected, random, seed, tally);
            tally.windows += engine instanceof WindowEngine ? 1 : 0;
        }
        tally.pairs++;
        tally.general += Shape.of(pattern) == Shape.GENERAL ? 1 : 0;
        tally.matches +=
                (int) expected.stream().filter(line -> line.startsWith("match")).count();
        tally.timeouts += (int)
                expected.stream().filter(line -> line.startsWith("timeout")).count();
    }

    private static <S> void agree(
            PatternEngine<S> engine,
            Pattern pattern,
            List<KeptEvent> stream,
            List<Sighting> seen,
            long drainFrom,
            long end,
            List<String> expected,
            Random random,
            long seed,
            Tally tally) {
        int lateness = random.nextInt(12);
        double watermarks = random.nextDouble();
        boolean restores = tally.pairs % 2 == 0;
        Feeding<S> feeding = new Feeding<>(engine, restores, drainFrom);
        List<String> told = feeding.feed(seen, lateness, watermarks, end, random).lines;
        assertThat(told)
                .as(
                        "seed %s, pair %s, %s (lateness %s, restores %s, drains from %s): %s over %s until %s",
                        seed,
                        tally.pairs,
                        engine.getClass().getSimpleName(),
                        lateness,
                        restores,
                        drainFrom,
                        described(pattern),
                        described(stream),
                        end)
                .isEqualTo(expected);
        assertThat(engine.deadline(feeding.state())).as("what is over is done").isGreaterThan(end);
        engine.onTime(feeding.state(), new Key("[]", ""), Long.MAX_VALUE - 1, new Told());
        assertThat(engine.isEmpty(feeding.state())).as("state in the end").isTrue();
    }

    private static List<PatternEngine<?>> engines(Pattern pattern) {
        List<PatternEngine<?>> engines = new ArrayList<>();
        engines.add(new GeneralEngine(pattern));
        if (Shape.of(pattern) != Shape.GENERAL) {
            engines.add(new SequenceEngine(pattern));
        }
        if (Shape.of(pattern) == Shape.COUNT) {
            engines.add(new WindowEngine(pattern));
        }
        return engines;
    }

    private static String described(Pattern pattern) {
        StringBuilder text = new StringBuilder(
                "within " + pattern.within().toMillis() + " " + pattern.afterMatch() + " " + pattern.emission() + " "
                        + pattern.limits() + " having " + pattern.having() + " until " + pattern.until());
        text.append(" events ").append(pattern.events());
        for (Part part : pattern.sequence()) {
            text.append("\n  ").append(part);
        }
        return text.toString();
    }

    private static String described(List<KeptEvent> stream) {
        StringBuilder text = new StringBuilder();
        stream.forEach(event -> text.append("\n  %s%s@%d n=%s"
                .formatted(
                        event.attribute("type"),
                        event.id(),
                        event.time(),
                        event.data().get("n"))));
        return text.toString();
    }

    private static final class Tally {
        private int pairs;
        private int matches;
        private int timeouts;
        private int windows;
        private int general;
        private int tooLarge;

        @Override
        public String toString() {
            return matches + " matches, " + timeouts + " timeouts, of the general engine alone " + general
                    + " pairs; left out because there was too much to follow: " + tooLarge;
        }
    }
}
