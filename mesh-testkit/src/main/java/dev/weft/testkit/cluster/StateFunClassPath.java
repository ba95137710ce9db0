package dev.weft.testkit.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What Apache StateFun runs with: the class path that {@code statefun-oracle/pom.xml} describes, and the programs
 * beside it. It has its own Flink, so it is never part of this process's own class path.
 */
public final class StateFunClassPath {

    private static final String PROJECT = "statefun-oracle";
    private static final long PATIENCE_MINUTES = 10;

    private StateFunClassPath() {}

    /**
     * Builds the programs with {@code ./mvnw} and returns the class path.
     *
     * @throws IOException if it cannot be built here, such as where Maven has neither a network nor StateFun
     */
    public static List<Path> resolve() throws IOException, InterruptedException {
        Path root = root();
        Path project = root.resolve(PROJECT);
        Process maven = new ProcessBuilder(
                        root.resolve("mvnw").toString(),
                        "-q",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "process-classes")
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("statefun-oracle", ".log").toFile())
                .start();
        if (!maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException("Apache StateFun could not be built: run ./mvnw -f " + PROJECT
                    + "/pom.xml process-classes to see why");
        }
        List<Path> entries = new ArrayList<>();
        entries.add(project.resolve("target/classes"));
        entries.addAll(
                ClassPath.expand(Files.readString(project.resolve("target/oracle.classpath"), StandardCharsets.UTF_8)));
        return entries;
    }

    private static Path root() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(PROJECT).resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IOException("there is no folder " + PROJECT + " here or above");
    }
}
