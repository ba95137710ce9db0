package dev.weft.testkit.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that ends with this one at the latest, whatever ends this one short of a SIGKILL. */
final class JavaProcess {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "kill-test-processes"));
    }

    /**
     * These processes live for seconds. Over half of what they do with all compilers on is to compile again what C1 has
     * compiled, and a machine of two cores has no other to do it on.
     */
    private static final String COMPILE_ONCE = "-XX:TieredStopAtLevel=1";

    /** So much of a log is shown, which holds the stack trace that ended the process. */
    private static final int LOG_LINES = 60;

    private final String name;
    private final Process process;
    private final Path output;
    private final Optional<ClassArchive> archive;

    private JavaProcess(String name, Process process, Path output, Optional<ClassArchive> archive) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.archive = archive;
    }

    /**
     * Starts {@code mainClass}.
     *
     * @param name what it is called in messages
     * @param output the file that takes what it prints
     */
    static JavaProcess start(
            String name,
            List<Path> classPath,
            List<String> jvmOptions,
            String mainClass,
            List<String> args,
            Path output)
            throws IOException {
        return start(name, classPath, jvmOptions, mainClass, args, output, ClassArchive.of(mainClass, classPath));
    }

    static JavaProcess start(
            String name,
            List<Path> classPath,
            List<String> jvmOptions,
            String mainClass,
            List<String> args,
            Path output,
            Optional<ClassArchive> archive)
            throws IOException {
        Path temporary = Files.createDirectories(output.resolveSibling("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(opens());
        command.addAll(List.of("-XX:-UsePerfData", COMPILE_ONCE, "-Djava.io.tmpdir=" + temporary));
        archive.map(ClassArchive::jvmOptions).ifPresent(command::addAll);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ClassPath.joined(classPath), mainClass));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
        return new JavaProcess(name, process, output, archive);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what the process has printed so far. */
    String printed() throws IOException {
        return Files.readString(output);
    }

    /** Ends the process for good; it is gone when this returns. */
    void end() throws InterruptedException {
        if (archive.isPresent()) {
            archive.get().writeFrom(process);
        }
        process.destroyForcibly().waitFor();
    }

    /** Asks the process to end and waits until it has. */
    void stop(Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new AssertionError(name + " did not stop within " + patience.toSeconds() + " s of being asked to");
        }
        archive.ifPresent(ClassArchive::giveUp);
    }

    /** SIGKILL: the process gets no chance to say goodbye, and is gone when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        archive.ifPresent(ClassArchive::giveUp);
    }

    /** Fails, with its output and the end of its log, if the process has ended. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(
                    name + " ended with exit code " + process.exitValue() + ":\n" + printed() + endOfLog());
        }
    }

    /** A process that logs does so into a file beside its output. */
    private String endOfLog() throws IOException {
        Path log = output.resolveSibling(output.getFileName().toString().replaceFirst("\\.out$", ".log"));
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** What this process was allowed to reach inside the JDK, its children are as well. */
    private static List<String> opens() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("--add-exports"))
                .toList();
    }
}
