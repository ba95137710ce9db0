package dev.weft.benchmarks.delivery;

import dev.weft.benchmarks.process.Contender;
import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.benchmarks.process.Rounds;
import dev.weft.benchmarks.routing.Workload;
import dev.weft.local.BrokerMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Deliveries per second and CPU time per delivery of a job with one HTTP target, beside a bare loop around an
 * asynchronous client and beside a dispatcher on Vert.x.
 *
 * <p>A broker that holds the events, and a server that takes them, are processes of their own. In each round every
 * contender, in a process of its own and with as many calls at once, delivers all events; the order alternates. What is
 * measured is the process's CPU time and the wall time from when the server has counted a third of the events, so that
 * the process is warm, until it has counted all. A run in which the server does not get each event exactly once fails
 * the whole benchmark.
 *
 * <p>{@code DeliveryCost [--events 300000] [--rounds 3] [--only loop,weft] [--work-dir DIR]}; {@code --only} takes the
 * contenders whose names start with one of these.
 */
public final class DeliveryCost {

    /** How many calls everyone may have under way. */
    static final int CONCURRENCY = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private static final List<Contender> CONTENDERS = List.of(
            new Contender("loop, memory", LoopContender.class, "weft", LoopContender.OF_MEMORY),
            new Contender("loop, kafka", LoopContender.class, "weft", "kafka"),
            new Contender("jdk loop, memory", LoopContender.class, "jdk", LoopContender.OF_MEMORY),
            new Contender("jdk loop, kafka", LoopContender.class, "jdk", "kafka"),
            new Contender("vertx", VertxContender.class),
            new Contender("weft", WeftContender.class));

    private final Path folder;
    private final long events;
    private final String bootstrap;
    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();

    private DeliveryCost(Path folder, long events, String bootstrap, URI server) {
        this.folder = folder;
        this.events = events;
        this.bootstrap = bootstrap;
        this.server = server;
    }

    /** What one run cost, per delivery. */
    private record Cost(double cpuMicros, double wallMicros) {

        double perSecond() {
            return 1e6 / wallMicros;
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        Path folder = Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"));
        Files.createDirectories(folder);
        Jvm broker = Jvm.startBroker(folder);
        try {
            Jvm server = Jvm.start(folder.resolve("server.log"), "-Xmx256m", ServerMain.class);
            try {
                DeliveryCost cost = new DeliveryCost(
                        folder,
                        Long.parseLong(options.getOrDefault("--events", "300000")),
                        broker.awaitLine(BrokerMain.READY),
                        URI.create(server.awaitLine(ServerMain.READY)));
                cost.prepare();
                cost.run(
                        Integer.parseInt(options.getOrDefault("--rounds", "3")), Contender.chosen(options, CONTENDERS));
            } finally {
                server.kill();
            }
        } finally {
            broker.stop();
        }
    }

    private void prepare() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(Stream.of(Workload.INPUT, WeftContender.DEAD)
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        System.out.printf(Locale.ROOT, "publishing %,d events%n", events);
        Workload.publish(bootstrap, events);
    }

    private void run(int rounds, List<Contender> contenders) throws Exception {
        Rounds<Contender, Cost> costs = Rounds.run(rounds, contenders, this::measureAndSay);
        System.out.printf(
                "%n%-17s %9s %11s %9s %11s %11s%n", "", "CPU min", "CPU median", "x first", "max/s", "median/s");
        double first = costs.median(contenders.get(0), Cost::cpuMicros);
        for (Contender contender : contenders) {
            double median = costs.median(contender, Cost::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%-17s %9.2f %11.2f %9.2f %11.0f %11.0f%n",
                    contender.name(),
                    costs.min(contender, Cost::cpuMicros),
                    median,
                    median / first,
                    costs.max(contender, Cost::perSecond),
                    costs.median(contender, Cost::perSecond));
        }
    }

    private Cost measureAndSay(Contender contender, int round) throws Exception {
        Cost cost = measure(contender, round);
        System.out.printf(
                Locale.ROOT,
                "round %d  %-17s %7.2f us CPU/delivery  %7.0f deliveries/s  load %s%n",
                round + 1,
                contender.name(),
                cost.cpuMicros(),
                cost.perSecond(),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        return cost;
    }

    private Cost measure(Contender contender, int round) throws Exception {
        String run = contender.name().replaceAll("[ ,]+", "-") + "-" + round + "-" + System.nanoTime();
        URI url = server.resolve("/" + run);
        List<String> arguments = new ArrayList<>(
                List.of(bootstrap, run, folder.resolve(run).toString(), url.toString(), Long.toString(events)));
        arguments.addAll(contender.arguments());
        Jvm process =
                Jvm.start(folder.resolve(run + ".log"), "-Xmx1g", contender.main(), arguments.toArray(String[]::new));
        try {
            long from = await(process, url, events / 3);
            double cpu = process.cpuMicros();
            long wall = System.nanoTime();
            double measured = await(process, url, events) - from;
            return new Cost((process.cpuMicros() - cpu) / measured, (System.nanoTime() - wall) / 1e3 / measured);
        } finally {
            process.kill();
            check(contender, counts(url));
        }
    }

    /** Waits until the server has got so many requests, and returns how many. */
    private long await(Jvm process, URI url, long requests) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long got = counts(url).requests();
        while (got < requests) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only " + got + " of " + requests + " events were delivered; see the log in " + folder);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
            got = counts(url).requests();
        }
        return got;
    }

    private Tally.Counts counts(URI url) throws IOException, InterruptedException {
        return Tally.Counts.parse(http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body());
    }

    private void check(Contender contender, Tally.Counts counts) {
        boolean deliversEach = !contender.arguments().contains(LoopContender.OF_MEMORY);
        long distinct = deliversEach ? events : counts.distinct();
        if (counts.requests() != events || counts.distinct() != distinct) {
            throw new IllegalStateException(contender.name() + " delivered " + counts);
        }
    }
}
