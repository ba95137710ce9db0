package dev.weft.benchmarks.scaler;

import dev.weft.testkit.cluster.OracleClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The Flink operator's autoscaler, release 1.10.0, in a process of its own; it is asked about one job at a time. */
final class AutoscalerProcess implements AutoCloseable {

    private static final String MAIN = "dev.weft.oracle.autoscaler.AutoscalerMain";

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private AutoscalerProcess(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param log takes what it logs
     */
    static AutoscalerProcess start(Path log) throws IOException, InterruptedException {
        String classPath = OracleClassPath.AUTOSCALER.resolve().stream()
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        MAIN)
                .redirectError(log.toFile())
                .start();
        return new AutoscalerProcess(process);
    }

    /** Begins with a new job, of which it knows nothing. */
    void begin(int partitions, Map<String, String> settings) throws IOException {
        String joined = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(";"));
        questions.write("begin " + partitions + " " + joined + "\n");
    }

    /** Lets it look at the job, and returns the parallelism it wants. */
    int look(String seen) throws IOException {
        questions.write("look " + seen + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the autoscaler ended; its log says why");
        }
        return Integer.parseInt(answer);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        questions.close();
        process.waitFor();
    }
}
