package dev.weft.job.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line in a process of its own, as the launcher starts it, with a home, a working folder and a folder for
 * temporary files that were empty before.
 */
final class WeftProcess implements AutoCloseable {

    private final Path folder;
    private final Process process;

    private WeftProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts a command; the examples are found, everything else is below {@code folder}. */
    static WeftProcess start(Path folder, String... args) throws IOException {
        for (String name : List.of("cwd", "tmp", "home")) {
            Files.createDirectories(folder.resolve(name));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:-UsePerfData");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .toList());
        command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-Duser.home=" + folder.resolve("home"));
        command.add("-D" + Shell.HOME + "=" + Path.of("..").toAbsolutePath().normalize());
        command.addAll(List.of("-cp", classPath(), Weft.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.resolve("cwd").toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        return new WeftProcess(folder, process);
    }

    /** As the launcher's: without test classes. Surefire may have put this JVM's own into a manifest. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.contains("mesh-testkit"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Asks it to end, as Ctrl-C does. */
    void interrupt() {
        process.destroy();
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after 180 s");
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    /** Waits until it has printed that. */
    void awaitPrinted(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!out().contains(text)) {
            if (System.nanoTime() > deadline || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended, or did not print \"" + text + "\":\n" + out() + err());
            }
        }
    }

    /** Returns the files it left where it should have left none. */
    List<Path> strayFiles() throws IOException {
        List<Path> stray = new ArrayList<>();
        for (String name : List.of("cwd", "tmp", "home")) {
            try (Stream<Path> files = Files.walk(folder.resolve(name))) {
                files.filter(Files::isRegularFile).forEach(stray::add);
            }
        }
        return stray;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
