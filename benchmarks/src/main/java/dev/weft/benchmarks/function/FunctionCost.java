package dev.weft.benchmarks.function;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.benchmarks.process.Rounds;
import dev.weft.local.BrokerMain;
import dev.weft.testkit.cluster.OracleClassPath;
import dev.weft.testkit.kafka.Producers;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * CPU time per message between functions in the JVM, beside Apache StateFun 3.3.0 with embedded functions.
 *
 * <p>As many balls as there are addresses are played for ever; each message goes to another address, half of them to
 * the other one of two subtasks; each call counts in the state of its address. Both run with two subtasks, the same
 * heap, the same backend and a checkpoint each second. What counts is the CPU time of the whole process once it is
 * warm.
 *
 * <p>{@code FunctionCost [--rounds 3] [--addresses 10000] [--warm 15] [--seconds 20] [--backends hashmap,rocksdb]
 * [--work-dir DIR]}; {@code --only weft} leaves the other one out.
 */
public final class FunctionCost {

    private static final String CHECKPOINT_MILLIS = "1000";
    private static final String SUBTASKS = "2";

    private final Path folder;
    private final Map<String, String> options;
    private final String stateFunClassPath;
    private final String kafka;

    private FunctionCost(Path folder, Map<String, String> options, String stateFunClassPath, String kafka) {
        this.folder = folder;
        this.options = options;
        this.stateFunClassPath = stateFunClassPath;
        this.kafka = kafka;
    }

    /** Who plays. */
    private enum Player {
        STATEFUN,
        WEFT
    }

    /**
     * What one run came to.
     *
     * @param messagesPerCpuSecond once it was warm
     * @param checkpoints that were completed, from the beginning on
     */
    private record Cost(double messagesPerCpuSecond, long checkpoints) {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        Path folder = Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"), "functions-" + System.nanoTime())
                .toAbsolutePath();
        Files.createDirectories(folder);
        String classPath = OracleClassPath.STATEFUN.resolve().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Jvm broker = Jvm.startBroker(folder);
        try {
            FunctionCost cost = new FunctionCost(folder, options, classPath, broker.awaitLine(BrokerMain.READY));
            cost.serve();
            for (String backend :
                    options.getOrDefault("--backends", "hashmap,rocksdb").split(",", -1)) {
                cost.compare(backend);
            }
        } finally {
            broker.stop();
        }
    }

    /** Puts a ball for each address into a topic, of which only Weft needs to read them. */
    private void serve() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(Stream.of(WeftPlay.SERVES, "dead")
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Producers.sendAll(kafka, WeftPlay.serves(Integer.parseInt(addresses())).toList());
    }

    private String addresses() {
        return options.getOrDefault("--addresses", "10000");
    }

    private void compare(String backend) throws Exception {
        String only = options.getOrDefault("--only", "").toUpperCase(Locale.ROOT);
        List<Player> players = Stream.of(Player.values())
                .filter(player -> only.isEmpty() || player.name().equals(only))
                .toList();
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        Rounds<Player, Cost> run = Rounds.run(rounds, players, (player, round) -> measure(player, backend, round));
        for (Player player : players) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%-8s %-8s %,12.0f messages per CPU second, median of %d; %,.0f at least, %,.0f at most%n",
                    backend,
                    player.name().toLowerCase(Locale.ROOT),
                    run.median(player, Cost::messagesPerCpuSecond),
                    rounds,
                    run.min(player, Cost::messagesPerCpuSecond),
                    run.max(player, Cost::messagesPerCpuSecond));
        }
        if (players.size() == Player.values().length) {
            System.out.printf(
                    Locale.ROOT,
                    "%-8s ratio    %.2f median, %.2f at worst%n",
                    backend,
                    run.median(Player.WEFT, Cost::messagesPerCpuSecond)
                            / run.median(Player.STATEFUN, Cost::messagesPerCpuSecond),
                    run.min(Player.WEFT, Cost::messagesPerCpuSecond)
                            / run.max(Player.STATEFUN, Cost::messagesPerCpuSecond));
        }
    }

    private Cost measure(Player player, String backend, int round) throws Exception {
        String name = player + "-" + backend + "-" + round;
        Path files = Files.createDirectories(folder.resolve(name));
        Jvm process = start(player, backend, files);
        try {
            int warm = Integer.parseInt(options.getOrDefault("--warm", "15"));
            int seconds = Integer.parseInt(options.getOrDefault("--seconds", "20"));
            Reading begin = read(process, warm);
            Reading end = read(process, seconds);
            Cost cost = new Cost(end.perCpuSecondSince(begin), checkpoints(files));
            System.out.printf(
                    Locale.ROOT,
                    "round %d  %-8s %-8s %,12.0f messages per CPU second  %d checkpoints  load %s%n",
                    round + 1,
                    backend,
                    player.name().toLowerCase(Locale.ROOT),
                    cost.messagesPerCpuSecond(),
                    cost.checkpoints(),
                    Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
            return cost;
        } finally {
            process.kill();
        }
    }

    private Jvm start(Player player, String backend, Path files) throws IOException {
        Path log = files.resolve("log");
        return switch (player) {
            case STATEFUN ->
                Jvm.start(
                        log,
                        "-Xmx2g",
                        stateFunClassPath,
                        "dev.weft.oracle.PingPongMain",
                        addresses(),
                        SUBTASKS,
                        backend,
                        CHECKPOINT_MILLIS,
                        files.toString());
            case WEFT ->
                Jvm.start(
                        log,
                        "-Xmx2g",
                        WeftPlay.class,
                        addresses(),
                        SUBTASKS,
                        backend,
                        CHECKPOINT_MILLIS,
                        files.toString(),
                        kafka);
        };
    }

    private static Reading read(Jvm process, int seconds) throws IOException {
        String line = "";
        for (int i = 0; i < seconds; i++) {
            line = process.awaitLine(Reading.LINE);
        }
        return Reading.parse(line);
    }

    /** Returns the number of the last checkpoint, which is in the name of its folder. Files come and go meanwhile. */
    private static long checkpoints(Path files) throws IOException {
        AtomicLong last = new AtomicLong();
        Files.walkFileTree(files, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                if (name.matches("chk-\\d+")) {
                    last.accumulateAndGet(Long.parseLong(name.substring("chk-".length())), Math::max);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return last.get();
    }
}
