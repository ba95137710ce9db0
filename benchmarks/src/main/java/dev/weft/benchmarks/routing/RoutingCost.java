package dev.weft.benchmarks.routing;

import dev.weft.benchmarks.process.Contender;
import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.benchmarks.process.Rounds;
import dev.weft.local.BrokerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * CPU time and wall time per event of the routing job, beside a plain copy and beside Kafka Streams.
 *
 * <p>One broker in a process of its own holds the input. In each round every contender, in a process of its own and
 * with one worker, routes the whole input; the order alternates. What is measured is the process's CPU time and the
 * wall time from when it has written a third of the events, so that it is warm, until it has written all. The times
 * come from {@code /proc} and the counts from the output topics' end offsets, the same for everyone.
 *
 * <p>{@code RoutingCost [--events 1500000] [--known 0] [--rounds 5] [--only copy,weft] [--work-dir DIR]};
 * {@code --only} takes the contenders whose names start with one of these. Before the events, the input holds as many
 * small ones as {@code --known} says, which no route wants: where ids are remembered, they are known when the
 * measurement begins.
 */
public final class RoutingCost {

    private static final int SLOWEST_PER_SECOND = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final long events;
    private final long known;
    private final String bootstrap;

    private RoutingCost(Path folder, long events, long known, String bootstrap) {
        this.folder = folder;
        this.events = events;
        this.known = known;
        this.bootstrap = bootstrap;
    }

    /** What one run cost, per event, and what its state took on disk at the end. */
    private record Cost(double cpuMicros, double wallMicros, long stateBytes) {}

    public static void main(String[] args) throws Exception {
        compare(
                args,
                List.of(
                        new Contender("copy", CopyContender.class),
                        new Contender("weft exactly-once", WeftContender.class, "exactly-once"),
                        new Contender("weft at-least-once", WeftContender.class, "at-least-once"),
                        new Contender("streams exactly-once", StreamsContender.class)));
    }

    /** Compares these by the options given; the first is what the others are told as multiples of. */
    static void compare(String[] args, List<Contender> contenders) throws Exception {
        Map<String, String> options = Options.of(args);
        long events = Long.parseLong(options.getOrDefault("--events", "1500000"));
        long known = Long.parseLong(options.getOrDefault("--known", "0"));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        Path folder = Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"));
        Files.createDirectories(folder);
        Jvm broker = Jvm.startBroker(folder);
        try {
            RoutingCost cost = new RoutingCost(folder, events, known, broker.awaitLine(BrokerMain.READY));
            cost.prepare();
            cost.run(rounds, Contender.chosen(options, contenders));
        } finally {
            broker.stop();
        }
    }

    private void prepare() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(Stream.concat(Stream.of(Workload.INPUT), Workload.outputs().stream())
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        System.out.printf(Locale.ROOT, "publishing %,d events behind %,d%n", events, known);
        Workload.publishKnown(bootstrap, known);
        Workload.publish(bootstrap, events);
    }

    private void run(int rounds, List<Contender> contenders) throws Exception {
        Rounds<Contender, Cost> costs = Rounds.run(rounds, contenders, this::measureAndSay);
        System.out.printf("%n%-22s %10s %10s %10s %12s%n", "", "CPU min", "CPU median", "x first", "events/s");
        double first = costs.median(contenders.get(0), Cost::cpuMicros);
        for (Contender contender : contenders) {
            double median = costs.median(contender, Cost::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %10.2f %10.2f %10.2f %12.0f%n",
                    contender.name(),
                    costs.min(contender, Cost::cpuMicros),
                    median,
                    median / first,
                    1e6 / costs.median(contender, Cost::wallMicros));
        }
    }

    private Cost measureAndSay(Contender contender, int round) throws Exception {
        Cost cost = measure(contender, round);
        System.out.printf(
                Locale.ROOT,
                "round %d  %-22s %6.2f us CPU/event  %8.0f events/s%n",
                round + 1,
                contender.name(),
                cost.cpuMicros(),
                1e6 / cost.wallMicros());
        if (cost.stateBytes() > 0) {
            System.out.printf(Locale.ROOT, "         state on disk: %,d bytes%n", cost.stateBytes());
        }
        return cost;
    }

    private Cost measure(Contender contender, int round) throws Exception {
        try (Admin admin = admin()) {
            long before = written(admin);
            String run = contender.name().replace(' ', '-') + "-" + round + "-" + System.nanoTime();
            Path runFolder = folder.resolve(run);
            List<String> arguments = new ArrayList<>(List.of(bootstrap, run, runFolder.toString()));
            arguments.addAll(contender.arguments());
            Jvm process = Jvm.start(
                    folder.resolve(run + ".log"), "-Xmx1g", contender.main(), arguments.toArray(String[]::new));
            try {
                awaitWritten(admin, process, before + events / 3);
                double cpu = process.cpuMicros();
                long wall = System.nanoTime();
                long from = written(admin);
                awaitWritten(admin, process, before + events);
                double measured = before + events - from;
                double cpuMicros = process.cpuMicros() - cpu;
                double wallMicros = (System.nanoTime() - wall) / 1e3 / measured;
                return new Cost(cpuMicros / measured, wallMicros, stateBytes(runFolder));
            } finally {
                process.kill();
                delete(runFolder);
                emptyOutputs(admin);
            }
        }
    }

    /** Bytes of the files in which RocksDB keeps what it no longer holds in memory alone. */
    private static long stateBytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** What a run wrote is not read by anyone, and would fill the disk. */
    private static void emptyOutputs(Admin admin) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = outputs().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> RecordsToDelete.beforeOffset(-1)));
        admin.deleteRecords(all).all().get();
    }

    private static List<TopicPartition> outputs() {
        return Workload.outputs().stream()
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
    }

    private void awaitWritten(Admin admin, Jvm process, long count) throws Exception {
        long deadline = System.nanoTime()
                + PATIENCE.plusSeconds(known / SLOWEST_PER_SECOND).toNanos();
        while (written(admin) < count) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only " + written(admin) + " of " + count + " events were written; see the log in " + folder);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Records in all output topics, committed or not. Transaction markers count too: a few in a million. */
    private static long written(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                outputs().stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
