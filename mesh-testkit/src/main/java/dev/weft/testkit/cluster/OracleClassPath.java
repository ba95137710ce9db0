package dev.weft.testkit.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What software runs with that Weft is compared with and that needs a Flink of its own: the class path that the
 * {@code pom.xml} of a folder beside the modules describes, and the programs there. It is never part of this process's
 * own class path.
 */
public enum OracleClassPath {
    /** Apache StateFun. */
    STATEFUN("statefun-oracle"),
    /** The autoscaler of the Flink Kubernetes operator. */
    AUTOSCALER("autoscaler-oracle");

    private static final long PATIENCE_MINUTES = 10;

    private final String folder;

    OracleClassPath(String folder) {
        this.folder = folder;
    }

    /**
     * Builds the programs with {@code ./mvnw} and returns the class path.
     *
     * @throws IOException if it cannot be built here, such as where Maven has neither a network nor the artifacts
     */
    public List<Path> resolve() throws IOException, InterruptedException {
        Path root = root();
        Path project = root.resolve(folder);
        Process maven = new ProcessBuilder(
                        root.resolve("mvnw").toString(),
                        "-q",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "process-classes")
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, ".log").toFile())
                .start();
        if (!maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException(
                    folder + " could not be built: run ./mvnw -f " + folder + "/pom.xml process-classes to see why");
        }
        List<Path> entries = new ArrayList<>();
        entries.add(project.resolve("target/classes"));
        entries.addAll(
                ClassPath.expand(Files.readString(project.resolve("target/oracle.classpath"), StandardCharsets.UTF_8)));
        return entries;
    }

    private Path root() throws IOException {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here.resolve(folder).resolve("pom.xml"))) {
                return here;
            }
        }
        throw new IOException("there is no folder " + folder + " here or above");
    }
}
