package dev.weft.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole local mesh in a process of its own, seen from outside once it is over. */
class LeavesNothingBehindTest {

    @TempDir
    private static Path folder;

    private static boolean ended;
    private static int exitCode;

    @BeforeAll
    static void runAndClose() throws Exception {
        Files.createDirectories(folder.resolve("system-tmp"));
        Files.createDirectories(folder.resolve("home"));
        Process process = new ProcessBuilder(command())
                .directory(folder.resolve("home").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("terminal").toFile())
                .start();
        ended = process.waitFor(120, TimeUnit.SECONDS);
        exitCode = ended ? process.exitValue() : process.destroyForcibly().waitFor();
    }

    @Test
    void noThreadKeepsTheProcessAlive() {
        assertThat(ended).isTrue();
        assertThat(exitCode).isZero();
    }

    @Test
    void noFileIsOutsideTheWorkFolder() throws IOException {
        assertThat(folder.resolve("system-tmp")).isEmptyDirectory();
        assertThat(folder.resolve("home")).isEmptyDirectory();
    }

    @Test
    void theWorkFolderKeepsTopicsCheckpointsAndLogs() throws IOException {
        assertThat(namesIn(folder.resolve("work"))).containsExactlyInAnyOrder("kafka", "flink", "logs", "lock");
        assertThat(namesIn(folder.resolve("work/flink"))).containsExactly("checkpoints");
        assertThat(folder.resolve("work/logs/weft.log")).isNotEmptyFile();
    }

    @Test
    void theTerminalStaysClean() {
        assertThat(folder.resolve("terminal")).isEmptyFile();
    }

    private static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:-UsePerfData");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .toList());
        command.addAll(List.of("-Djava.io.tmpdir=" + folder.resolve("system-tmp"), "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LocalMeshProcess.class.getName()));
        command.add(folder.resolve("work").toString());
        return command;
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
