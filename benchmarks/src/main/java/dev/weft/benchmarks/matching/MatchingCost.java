package dev.weft.benchmarks.matching;

import com.fasterxml.jackson.core.JsonFactory;
import dev.weft.benchmarks.process.Rounds;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleIndex;
import dev.weft.filter.RuleMemory;
import dev.weft.filter.RuleParser;
import dev.weft.filter.RuleSet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import software.amazon.event.ruler.Machine;

/**
 * CPU time per event of asking many rules, of the index, of asking one after the other, and of event-ruler; what a rule
 * takes to add, and how much memory it keeps.
 *
 * <p>All contenders are in this one JVM and take turns, in another order each round; what is measured is the thread's
 * CPU time, so that other processes disturb little, and what is reported is the median. Before anything is measured,
 * all contenders must have named the same rules for each of 2,000 events.
 *
 * <p>{@code MatchingCost [--work mix,attributes,hot,wildcards,wanted] [--rules 1,10,100,1000,10000] [--rounds 9]
 * [--millis 200]}; rules on attributes alone are asked in CESQL too, by the SDK's library.
 */
public final class MatchingCost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** More would take too long. */
    private static final int MOST_ONE_BY_ONE = 10_000;

    private static final int MOST_EXPRESSIONS = 1_000;
    private static final int ADDED = 500;

    private static final int LOOK_AT_THE_CLOCK_EVERY = 16;

    private final int rounds;
    private final long nanosPerTurn;

    /** Keeps what the contenders return, so that no work can be left out. */
    private long sum;

    private MatchingCost(int rounds, long nanosPerTurn) {
        this.rounds = rounds;
        this.nanosPerTurn = nanosPerTurn;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "9"));
        long millis = Long.parseLong(options.getOrDefault("--millis", "200"));
        MatchingCost cost = new MatchingCost(rounds, millis * 1_000_000);
        cost.warmUpBuilding();
        List<String> lines = new ArrayList<>();
        for (String work : options.getOrDefault("--work", "mix").split(",", -1)) {
            for (String rules :
                    options.getOrDefault("--rules", "1,10,100,1000,10000").split(",", -1)) {
                lines.addAll(cost.measure(work, Integer.parseInt(rules)));
            }
        }
        System.out.println();
        lines.forEach(System.out::println);
        System.out.println("(" + cost.sum + " matches and tokens in all)");
    }

    private List<String> measure(String name, int count) throws Exception {
        Mix.Work work = Mix.work(name, count);
        List<String> texts = work.rules();
        List<Mix.Sample> events = work.events();
        Built<List<Rule>> rules =
                Built.by(() -> texts.stream().map(MatchingCost::parsed).toList(), count);
        Built<RuleIndex> index = Built.by(() -> RuleIndex.of(rules.result()), count);
        Built<Machine> machine = Built.by(() -> machine(texts), count);
        List<Contender> contenders = new ArrayList<>(List.of(
                new Contender.Weft("index", index.result(), Mix.Sample::binary, new Matches()),
                new Contender.Weft("index, structured", index.result(), Mix.Sample::structured, new Matches()),
                new Contender.EventRuler("event-ruler", machine.result())));
        if (count <= MOST_ONE_BY_ONE) {
            RuleSet plain = PlainRuleSet.of(rules.result());
            contenders.add(new Contender.Weft("one by one", plain, Mix.Sample::binary, new Matches()));
        }
        if (!work.expressions().isEmpty() && count <= MOST_EXPRESSIONS) {
            contenders.add(new Contender.CloudEventsSql("cloudevents-sql", CesqlSdk.of(work.expressions())));
        }
        double matches = check(contenders, events);
        contenders.add(new Contender.Scan("JSON scan", new JsonFactory()));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: %,d rules, %.2f matches per event", name, count, matches));
        medians(contenders, events)
                .forEach((contender, micros) ->
                        lines.add(String.format(Locale.ROOT, "  %-18s %10.2f us/event", contender, micros)));
        lines.add("  rules parsed       " + rules.cost());
        lines.add("  index built        " + index.cost());
        lines.add("  event-ruler built  " + machine.cost());
        lines.add(String.format(
                Locale.ROOT, "  index, by estimate  %s", perRule(index.result().memory())));
        if (name.equals("mix")) {
            lines.add(addingCost(index.result(), machine.result(), count));
        }
        lines.forEach(System.out::println);
        return lines;
    }

    private static String perRule(RuleMemory memory) {
        return String.format(
                Locale.ROOT,
                "%d bytes/rule, its rules %d",
                memory.indexBytes() / memory.rules(),
                memory.ruleBytes() / memory.rules());
    }

    /** Adds rules one by one to what has so many already. */
    private static String addingCost(RuleIndex index, Machine machine, int count) throws Exception {
        List<String> texts = Mix.rules(count + ADDED).subList(count, count + ADDED);
        long start = THREADS.getCurrentThreadCpuTime();
        List<Rule> rules = texts.stream().map(MatchingCost::parsed).toList();
        long parsed = THREADS.getCurrentThreadCpuTime();
        RuleIndex grown = index;
        for (int i = 0; i < ADDED; i++) {
            grown = grown.with(Map.of(count + i, rules.get(i)));
        }
        long added = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < ADDED; i++) {
            machine.addRule(Integer.toString(count + i), texts.get(i));
        }
        long done = THREADS.getCurrentThreadCpuTime();
        return String.format(
                Locale.ROOT,
                "  one rule added      %8.1f us, and its text parsed %.1f; event-ruler %.1f, parsing too",
                (added - parsed) / 1e3 / ADDED,
                (parsed - start) / 1e3 / ADDED,
                (done - added) / 1e3 / ADDED);
    }

    /** The first rules of a JVM take long to add, whoever adds them. */
    private void warmUpBuilding() throws Exception {
        for (int i = 0; i < 3; i++) {
            List<String> texts = Mix.rules(1_000);
            sum += RuleIndex.of(texts.stream().map(MatchingCost::parsed).toList())
                    .size();
            Machine machine = machine(texts);
            sum += machine.isEmpty() ? 0 : 1;
            System.out.println("warming up:" + addingCost(RuleIndex.of(List.of()), machine, 1_000));
        }
    }

    private static Rule parsed(String text) {
        Problems problems = new Problems();
        Node where =
                YamlReader.read("rule", text, Substitution.none(), problems).orElseThrow();
        Rule rule = RuleParser.parse(where, problems);
        if (problems.count() > 0) {
            throw new IllegalStateException(text + ": " + problems.inReadingOrder());
        }
        return rule;
    }

    private static Machine machine(List<String> texts) throws Exception {
        Machine machine = Machine.builder().build();
        for (int i = 0; i < texts.size(); i++) {
            machine.addRule(Integer.toString(i), texts.get(i));
        }
        return machine;
    }

    /** Something that was built of rules: how much CPU time and memory that took for each. */
    private record Built<T>(T result, double micros, double bytes) {

        static <T> Built<T> by(Callable<T> work, int rules) throws Exception {
            long before = used();
            long start = THREADS.getCurrentThreadCpuTime();
            T result = work.call();
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            return new Built<>(result, nanos / 1e3 / rules, (double) (used() - before) / rules);
        }

        private static long used() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        String cost() {
            return String.format(Locale.ROOT, "%10.1f us/rule %10.0f bytes/rule", micros, bytes);
        }
    }

    /** Returns how many rules want an event, on average. */
    private static double check(List<Contender> contenders, List<Mix.Sample> events) throws Exception {
        long matches = 0;
        for (Mix.Sample event : events) {
            BitSet first = contenders.get(0).matched(event);
            for (Contender contender : contenders) {
                BitSet matched = contender.matched(event);
                if (!matched.equals(first)) {
                    throw new IllegalStateException(
                            contender.name() + " says " + matched + ", not " + first + ", of " + event.json());
                }
            }
            matches += first.cardinality();
        }
        return (double) matches / events.size();
    }

    private Map<String, Double> medians(List<Contender> contenders, List<Mix.Sample> events) throws Exception {
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            for (Contender contender : contenders) {
                turn(contender, events);
            }
        }
        Rounds<Contender, Double> costs = Rounds.run(rounds, contenders, (contender, round) -> turn(contender, events));
        Map<String, Double> medians = new LinkedHashMap<>();
        contenders.forEach(each -> medians.put(each.name(), costs.median(each, Double::doubleValue)));
        return medians;
    }

    /** Returns the microseconds of CPU time per event. */
    private double turn(Contender contender, List<Mix.Sample> events) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        long nanos = 0;
        long asked = 0;
        int at = 0;
        while (nanos < nanosPerTurn) {
            for (int i = 0; i < LOOK_AT_THE_CLOCK_EVERY; i++) {
                sum += contender.match(events.get(at));
                at = at + 1 == events.size() ? 0 : at + 1;
            }
            asked += LOOK_AT_THE_CLOCK_EVERY;
            nanos = THREADS.getCurrentThreadCpuTime() - start;
        }
        return nanos / 1e3 / asked;
    }
}
