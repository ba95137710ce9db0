package dev.weft.benchmarks.process;

import dev.weft.local.BrokerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A Java process, with this one's class path unless said otherwise, all of them run alike. Linux only: CPU time comes
 * from proc(5).
 */
public final class Jvm {

    private static final double MICROS_PER_TICK = 10_000;
    private static final long BETWEEN_LOOKS = 200;

    private final Process process;

    private Jvm(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param log takes what it writes to its error stream
     * @param heap such as {@code -Xmx1g}
     */
    public static Jvm start(Path log, String heap, Class<?> main, String... arguments) throws IOException {
        return start(log, heap, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    /** As above, with a class path of its own. */
    public static Jvm start(Path log, String heap, String classPath, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-XX:+UseParallelGC"));
        command.addAll(
                Arrays.asList(System.getProperty("weft.opens", "").strip().split(" +")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end what was started"));
        return new Jvm(process);
    }

    /** Starts a Kafka broker that writes into the folder; it says where it is behind {@link BrokerMain#READY}. */
    public static Jvm startBroker(Path folder) throws IOException {
        return start(
                folder.resolve("broker.log"),
                "-Xmx1g",
                BrokerMain.class,
                "--dir",
                folder.resolve("kafka").toString());
    }

    /** Waits for a line of output that starts so, and returns its rest. */
    public String awaitLine(String start) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException("a process ended before it said \"" + start + "\"");
    }

    /** Returns user and system time of all its threads so far, from fields 14 and 15 of its stat file. */
    public double cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** Returns what its objects take that are in use, once those that are not were collected. */
    public long heapBytes() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .start();
        try (BufferedReader lines = histogram.inputReader(StandardCharsets.UTF_8)) {
            String total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("jcmd tells no total"));
            return Long.parseLong(total.strip().split(" +", -1)[2]);
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for something it does, looking now and then.
     *
     * @param what completes "ended before", for who reads the failure
     * @throws IllegalStateException if it ends before
     */
    public void await(String what, Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            if (!isAlive()) {
                throw new IllegalStateException("a process ended before " + what + ": see its log");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** Asks it to end, and waits until it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Ends it where it stands. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
