package dev.weft.benchmarks.matching;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleIndex;
import dev.weft.filter.RuleSet;
import dev.weft.filter.TopicParser;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * CPU time per event of asking many topic filters, of the index and one by one: the median of turns of 100 ms. The
 * filters are of four levels, one in ten with {@code +} and one in ten with {@code #}; each event matches a few.
 *
 * <p>{@code TopicCost [rules,...]}, by default {@code 10,100,1000,10000,100000}.
 */
public final class TopicCost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 1_000;
    private static final int TURNS = 15;
    private static final long NANOS = 100_000_000;
    private static final int MOST_ONE_BY_ONE = 10_000;

    private TopicCost() {}

    public static void main(String[] args) {
        String counts = args.length > 0 ? args[0] : "10,100,1000,10000,100000";
        for (String count : counts.split(",", -1)) {
            measure(Integer.parseInt(count));
        }
    }

    private static void measure(int count) {
        Random random = new Random(count);
        List<String> filters =
                IntStream.range(0, count).mapToObj(i -> filter(i, random)).toList();
        List<Rule> rules = filters.stream().map(TopicCost::rule).toList();
        List<MeshEvent> events = IntStream.range(0, EVENTS)
                .mapToObj(i -> event(filters.get(random.nextInt(count))))
                .toList();
        String oneByOne = count > MOST_ONE_BY_ONE ? "-" : micros(PlainRuleSet.of(rules), events);
        System.out.printf(
                Locale.ROOT,
                "%,7d filters: index %s us/event, one by one %s us/event%n",
                count,
                micros(RuleIndex.of(rules), events),
                oneByOne);
    }

    private static String filter(int number, Random random) {
        String place = "site-" + number % 100 + "/line-" + number / 100;
        return switch (random.nextInt(10)) {
            case 0 -> "factory/+/line-" + number / 100 + "/sensor-" + number;
            case 1 -> "factory/" + place + "/#";
            default -> "factory/" + place + "/sensor-" + number;
        };
    }

    private static Rule rule(String filter) {
        Problems problems = new Problems();
        Node node =
                YamlReader.read("filter", filter, Substitution.none(), problems).orElseThrow();
        Rule rule = TopicParser.parse(node, problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.inReadingOrder().toString());
        }
        return rule;
    }

    private static MeshEvent event(String filter) {
        String subject = filter.replace("+", "site-7").replace("#", "sensor-x");
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes("1"))
                .add("ce_source", bytes("/factory"))
                .add("ce_type", bytes("reading"))
                .add("ce_subject", bytes(subject))
                .build();
        return MeshEvent.stored(Origin.NONE, new WireRecord(null, headers, null));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String micros(RuleSet rules, List<MeshEvent> events) {
        Matches matches = new Matches();
        long matched = 0;
        double[] turns = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            long asked = 0;
            long start = THREADS.getCurrentThreadCpuTime();
            long spent = 0;
            while (spent < NANOS) {
                for (MeshEvent event : events) {
                    rules.match(event, matches);
                    matched += matches.matchedCount();
                }
                asked += EVENTS;
                spent = THREADS.getCurrentThreadCpuTime() - start;
            }
            turns[turn] = spent / 1000.0 / asked;
        }
        if (matched == 0) {
            throw new IllegalStateException("no event matched");
        }
        Arrays.sort(turns);
        return String.format(Locale.ROOT, "%.2f", turns[TURNS / 2]);
    }
}
