package dev.weft.benchmarks.workflow;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.benchmarks.process.Options;
import dev.weft.local.BrokerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What instances take that wait for an event: on disk and of the heap. Then the job is killed, goes on from its last
 * checkpoint, and some of them are woken.
 *
 * <p>{@code ParkedCost [--instances 1000000] [--woken 1000] [--work-dir DIR]}.
 */
public final class ParkedCost {

    private static final String RUN = "parked";

    private ParkedCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Options.of(args);
        int instances = Integer.parseInt(options.getOrDefault("--instances", "1000000"));
        int woken = Integer.parseInt(options.getOrDefault("--woken", "1000"));
        Path folder = Files.createDirectories(
                Path.of(options.getOrDefault("--work-dir", ".weft/benchmark"), "workflows-" + System.nanoTime())
                        .toAbsolutePath());
        Jvm broker = Jvm.startBroker(folder);
        try {
            measure(broker.awaitLine(BrokerMain.READY), folder, instances, woken);
        } finally {
            broker.stop();
        }
    }

    private static void measure(String kafka, Path folder, int instances, int woken) throws Exception {
        Orders orders = Orders.on(kafka);
        for (int from = 0; from < instances; from += 100_000) {
            orders.place(from, Math.min(instances, from + 100_000));
        }
        Path first = folder.resolve("first");
        long began = System.nanoTime();
        Jvm job = Jvm.start(
                folder.resolve("first.log"),
                "-Xmx2g",
                WorkflowJob.class,
                kafka,
                RUN,
                first.toString(),
                "5s",
                WorkflowJob.MEMORY,
                Workflows.read("payment.yaml"));
        orders.awaitRead(RUN, instances, job);
        System.out.printf(
                Locale.ROOT,
                "%,d instances parked after %.0f s, %.1f us of CPU each, with the JVM's start%n",
                instances,
                (System.nanoTime() - began) / 1e9,
                job.cpuMicros() / instances);
        String checkpoint = lastCheckpoint(first);
        long disk = bytes(Path.of(checkpoint).resolveSibling("."));
        System.out.printf(
                Locale.ROOT,
                "on disk %.0f bytes each (the checkpoint's files), heap after a collection %.0f bytes each%n",
                (double) disk / instances,
                (double) job.heapBytes() / instances);
        job.kill();

        began = System.nanoTime();
        Jvm again = Jvm.start(
                folder.resolve("second.log"),
                "-Xmx2g",
                WorkflowJob.class,
                kafka,
                RUN,
                folder.resolve("second").toString(),
                "2s",
                WorkflowJob.MEMORY,
                Workflows.read("payment.yaml"),
                checkpoint);
        orders.pay(instances, woken);
        orders.awaitWritten(WorkflowJob.OUT, woken, again);
        System.out.printf(
                Locale.ROOT,
                "killed; %,d were woken %.1f s after the next JVM was started, restore and a checkpoint among it%n",
                woken,
                (System.nanoTime() - began) / 1e9);
        if (orders.written(WorkflowJob.DEAD) > 0) {
            throw new IllegalStateException("there are dead letters");
        }
        again.kill();
    }

    private static String lastCheckpoint(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(file -> file.resolveSibling(".").normalize().toString())
                    .orElseThrow(() -> new IOException("there is no checkpoint below " + folder));
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
