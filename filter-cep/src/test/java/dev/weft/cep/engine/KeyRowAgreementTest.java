package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.PatternText;
import dev.weft.cep.live.Crew;
import dev.weft.cep.live.KeyRow;
import dev.weft.cep.live.Roster;
import dev.weft.cep.live.Seen;
import dev.weft.cep.live.Tenure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random patterns that are replaced in mid-stream, over the events of several keys that are spread over one or four
 * hosts, as subtasks are, and come out of order; too late, now and then. Rows are written and read between events, and
 * a watermark comes now and then. What is found is what {@link NaiveMatcher} finds, for each version in its time.
 * {@code -Dweft.seed=N} tries other cases than the usual, {@code -Dweft.fuzz=N} so many instead of 3,000.
 */
class KeyRowAgreementTest {

    private static final int STREAMS = 10;
    private static final int KEYS = 3;

    @Test
    void findsWhatTheNaiveMatcherFindsWhileVersionsComeAndGo() throws IOException {
        long seed = Long.getLong("weft.seed", 20261121);
        int pairs = Integer.getInteger("weft.fuzz", 3_000);
        System.out.println("row agreement test: seed " + seed + ", " + pairs + " (pattern, stream) pairs");
        Random random = new Random(seed);
        RandomSequences sequences = new RandomSequences(random);
        Map<OnUpdate, Integer> updates = new HashMap<>();
        int found = 0;
        RandomPatterns patterns = new RandomPatterns(random);
        int pair = 0;
        while (pair < pairs) {
            Pattern first = random.nextInt(10) < 5 ? sequences.pattern() : patterns.pattern();
            Pattern other = random.nextInt(10) < 5 ? sequences.pattern() : patterns.pattern();
            for (int i = 0; i < STREAMS && pair < pairs; i++) {
                OnUpdate fate = OnUpdate.values()[random.nextInt(3)];
                Pattern second = version2(fate == OnUpdate.KEEP ? first : other, fate);
                int compared = compare(first, second, fate, sequences, random, "seed " + seed + ", pair " + pair);
                if (compared >= 0) {
                    updates.merge(fate, 1, Integer::sum);
                    found += compared;
                    pair++;
                }
            }
        }
        assertThat(found).as("matches and timeouts").isGreaterThan(pairs);
        assertThat(updates).containsOnlyKeys(OnUpdate.values());
    }

    private static Pattern version2(Pattern pattern, OnUpdate fate) {
        String text = pattern.text()
                .replaceFirst(
                        "\\{", "{\"version\":2,\"onUpdate\":\"" + fate.name().toLowerCase(Locale.ROOT) + "\",");
        return PatternText.read(text);
    }

    /** Returns how much was found; -1 if the naive matcher has too much to follow. */
    private static int compare(
            Pattern first, Pattern second, OnUpdate fate, RandomSequences sequences, Random random, String as)
            throws IOException {
        List<List<KeptEvent>> streams = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            streams.add(sequences.stream());
        }
        List<KeptEvent> all = streams.stream().flatMap(List::stream).toList();
        long change = all.get(random.nextInt(all.size())).time();
        long end = all.stream().mapToLong(KeptEvent::time).max().orElseThrow() + 1 + random.nextInt(40);
        Roster before = Roster.of(List.of(first));
        Roster after = before.followedBy(List.of(second), change);
        int lateness = random.nextInt(12);

        int found = 0;
        for (int hosts : new int[] {1, 4}) {
            Hosts told = new Hosts(after, hosts, random);
            told.feed(streams, lateness, random.nextDouble(), end);
            List<String> expected = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                List<KeptEvent> inTime = new ArrayList<>(streams.get(key));
                inTime.removeAll(told.late.getOrDefault(key, List.of()));
                for (Optional<List<String>> lines : expected(first, second, fate, inTime, change, end)) {
                    if (lines.isEmpty()) {
                        return -1;
                    }
                    for (String line : lines.get()) {
                        expected.add(key + " " + line);
                    }
                }
            }
            assertThat(told.lines)
                    .as("%s, %s hosts, %s at %s: %s, then %s", as, hosts, fate, change, first.text(), second.text())
                    .containsExactlyInAnyOrderElementsOf(expected);
            found = expected.size();
        }
        return found;
    }

    private static List<Optional<List<String>>> expected(
            Pattern first, Pattern second, OnUpdate fate, List<KeptEvent> events, long change, long end) {
        List<KeptEvent> later =
                events.stream().filter(event -> event.time() >= change).toList();
        List<KeptEvent> earlier =
                events.stream().filter(event -> event.time() < change).toList();
        return switch (fate) {
            // What has begun goes on, and means the same: all is as if nothing had changed.
            case KEEP -> List.of(naive(first, events, end, Long.MAX_VALUE));
            case DRAIN -> List.of(naive(first, events, end, change), naive(second, later, end, Long.MAX_VALUE));
            case DROP ->
                List.of(
                        naive(first, earlier, Math.min(change, end), Long.MAX_VALUE),
                        naive(second, later, end, Long.MAX_VALUE));
        };
    }

    private static Optional<List<String>> naive(Pattern pattern, List<KeptEvent> events, long end, long drainFrom) {
        List<Sighting> seen = events.stream()
                .map(event -> RandomSequences.look(pattern, event))
                .toList();
        return seen.isEmpty() ? Optional.of(List.of()) : new NaiveMatcher(pattern, seen, end, drainFrom).outcomes();
    }

    /** Several holders of rows, each of some keys. */
    private static final class Hosts {

        private final Roster roster;
        private final Random random;
        private final int count;
        private final Map<String, KeyRow> rows = new HashMap<>();
        private final List<String> lines = new ArrayList<>();
        private final Map<Integer, List<KeptEvent>> late = new HashMap<>();
        private final long[] watermarks;
        private Crew crew;

        Hosts(Roster roster, int count, Random random) {
            this.roster = roster;
            this.count = count;
            this.random = random;
            this.crew = Crew.none().of(roster);
            this.watermarks = new long[count];
            Arrays.fill(watermarks, Long.MIN_VALUE);
        }

        /** An event that arrives. */
        private record Arrival(int key, KeptEvent event, double at) {}

        void feed(List<List<KeptEvent>> streams, int lateness, double often, long end) throws IOException {
            List<Arrival> arrivals = new ArrayList<>();
            for (int key = 0; key < streams.size(); key++) {
                for (KeptEvent event : streams.get(key)) {
                    double tooLate = random.nextInt(30) == 0 ? lateness + random.nextInt(30) : 0;
                    arrivals.add(new Arrival(key, event, event.time() + tooLate + lateness * random.nextDouble()));
                }
            }
            arrivals.sort(Comparator.comparingDouble(Arrival::at));
            long latest = Long.MIN_VALUE;
            for (Arrival arrival : arrivals) {
                latest = Math.max(latest, arrival.event().time());
                receive(arrival);
                if (random.nextDouble() < often) {
                    watermark(random.nextInt(count), latest - lateness - 1);
                }
                if (random.nextInt(4) == 0) {
                    restore();
                }
            }
            for (int host = 0; host < count; host++) {
                watermark(host, end - 1);
            }
        }

        private void receive(Arrival arrival) {
            long time = arrival.event().time();
            if (time <= watermarks[arrival.key() % count]) {
                late.computeIfAbsent(arrival.key(), key -> new ArrayList<>()).add(arrival.event());
                return;
            }
            for (Tenure tenure : roster.tenures()) {
                Sighting seen = RandomSequences.look(tenure.pattern(), arrival.event());
                if (tenure.looksAt(time)) {
                    row(arrival.key()).add(new Seen(tenure.handle(), seen));
                }
            }
        }

        private KeyRow row(int key) {
            return rows.computeIfAbsent(name(key), name -> new KeyRow(new Key(name, name)));
        }

        private static String name(int key) {
            return "k" + key;
        }

        private void watermark(int host, long watermark) {
            if (watermark <= watermarks[host]) {
                return;
            }
            watermarks[host] = watermark;
            for (int key = host; key < KEYS; key += count) {
                KeyRow row = row(key);
                if (row.due() <= watermark) {
                    int of = key;
                    row.advance(watermark, crew, (tenure, unused) -> new Lines(of));
                }
            }
        }

        private void restore() throws IOException {
            crew = Crew.none().of(roster);
            for (int key = 0; key < KEYS; key++) {
                KeyRow row = rows.remove(name(key));
                if (row != null && !row.isEmpty()) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    row.write(new DataOutputStream(bytes));
                    rows.put(
                            name(key),
                            KeyRow.read(row.key(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
                }
            }
        }

        private final class Lines implements Outcomes {
            private final int key;

            Lines(int key) {
                this.key = key;
            }

            @Override
            public void matched(Match match) {
                lines.add(key + " " + Told.match(match.taken(), match.time()));
            }

            @Override
            public void timedOut(Timeout timeout) {
                lines.add(key + " " + Told.timeout(timeout.taken(), timeout.deadline(), timeout.waitingFor()));
            }

            @Override
            public void noted(Note note, String step) {
                // What is found is what counts here.
            }
        }
    }
}
