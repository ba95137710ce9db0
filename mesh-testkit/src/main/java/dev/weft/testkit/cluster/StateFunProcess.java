package dev.weft.testkit.cluster;

import dev.weft.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Apache StateFun itself, in a process of its own, running one {@code module.yaml}. What it does with the same input is
 * what functions may rely on.
 */
public final class StateFunProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAIN = "dev.weft.oracle.ModuleMain";
    private static final String STARTING = "starting the module";

    private final JavaProcess process;

    private StateFunProcess(JavaProcess process) {
        this.process = process;
    }

    /**
     * Starts it and returns once it has read the module; ingresses and functions come a moment later.
     *
     * @param classPath what {@link OracleClassPath#STATEFUN} returns
     * @param module the {@code module.yaml}
     * @param folder for what it prints and for its checkpoints, one each second
     */
    public static StateFunProcess start(List<Path> classPath, Path module, int parallelism, Path folder)
            throws Exception {
        Path checkpoints =
                Files.createDirectories(folder.resolve("checkpoints")).toAbsolutePath();
        JavaProcess process = JavaProcess.start(
                "Apache StateFun",
                classPath,
                List.of("-Xmx768m", "-XX:+UseParallelGC", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
                MAIN,
                List.of(
                        module.toAbsolutePath().toString(),
                        Integer.toString(parallelism),
                        "1000",
                        checkpoints.toString()),
                folder.resolve("statefun.out"));
        StateFunProcess started = new StateFunProcess(process);
        try {
            Await.until("Apache StateFun to start", PATIENCE, () -> {
                process.requireAlive();
                return process.printed().contains(STARTING);
            });
            return started;
        } catch (Exception | AssertionError e) {
            process.kill();
            throw e;
        }
    }

    /** Fails, with what it printed, if it has ended. */
    public void requireAlive() throws IOException {
        process.requireAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.kill();
    }
}
