package dev.weft.benchmarks.workflow;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.local.BrokerMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Lifecycles per CPU second through Flink with RocksDB, exactly once: an event starts an instance, which waits for
 * another by a correlation, emits a third, and ends. All of the job's process counts, Kafka's clients among it; the
 * broker does not. What was before the first {@code --warm} orders were told of, a fifth unless said otherwise, is not
 * measured: a JVM compiles for a minute or more, and a job runs for days.
 *
 * <p>{@code LifecycleCost [--rounds 3] [--orders 400000] [--warm 80000] [--parked 50000] [--memory 64MB] [--work-dir
 * DIR]}; the memory is {@code limits.functionMemory}.
 */
public final class LifecycleCost {

    private LifecycleCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        int orders = Integer.parseInt(options.getOrDefault("--orders", "400000"));
        int parked = Integer.parseInt(options.getOrDefault("--parked", "50000"));
        int warm = Integer.parseInt(options.getOrDefault("--warm", Integer.toString(orders / 5)));
        String memory = options.getOrDefault("--memory", WorkflowJob.MEMORY);
        Path folder = Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"), "workflows-" + System.nanoTime())
                .toAbsolutePath();
        double[] perSecond = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            perSecond[round] =
                    measure(Files.createDirectories(folder.resolve("round-" + round)), orders, warm, parked, memory);
            System.out.printf(
                    Locale.ROOT,
                    "round %d  %,.0f lifecycles per CPU second  load %s%n",
                    round + 1,
                    perSecond[round],
                    Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        }
        Arrays.sort(perSecond);
        System.out.printf(
                Locale.ROOT,
                "%,.0f lifecycles per CPU second, median of %d; %,.0f at least%n",
                (perSecond[(rounds - 1) / 2] + perSecond[rounds / 2]) / 2,
                rounds,
                perSecond[0]);
    }

    private static double measure(Path folder, int orders, int warm, int parked, String memory) throws Exception {
        Jvm broker = Jvm.startBroker(folder);
        try {
            String kafka = broker.awaitLine(BrokerMain.READY);
            Orders topic = Orders.on(kafka);
            topic.placeAndPay(orders, parked);
            Jvm job = Jvm.start(
                    folder.resolve("job.log"),
                    "-Xmx2g",
                    WorkflowJob.class,
                    kafka,
                    "cost",
                    folder.resolve("flink").toString(),
                    "2s",
                    memory,
                    Workflows.read("payment.yaml"));
            try {
                long begun = topic.awaitWritten(WorkflowJob.OUT, warm, job);
                double cpuThen = job.cpuMicros();
                long ended = topic.awaitWritten(WorkflowJob.OUT, orders, job);
                return (ended - begun) * 1e6 / (job.cpuMicros() - cpuThen);
            } finally {
                job.kill();
            }
        } finally {
            broker.stop();
        }
    }
}
