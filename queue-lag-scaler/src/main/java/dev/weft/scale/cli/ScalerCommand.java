package dev.weft.scale.cli;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.config.SecretUnavailable;
import dev.weft.scale.simulator.SimulateCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weft scaler}: tells KEDA how many replicas queues need, until it is stopped. */
@Command(
        name = "scaler",
        subcommands = SimulateCommand.class,
        description = {
            "Tell KEDA how many replicas the consumers of Kafka topics need, until it is stopped.",
            "Serves KEDA's protocol of external scalers, decisions with their arithmetic as pages, and metrics."
        },
        footer = {
            "",
            "Examples:",
            "  weft scaler --config scaler.yaml --check     every mistake with line and column; starts nothing",
            "  weft scaler --config scaler.yaml",
            "  weft scaler simulate --list                  policies side by side on a model of a cluster",
            "",
            "Exit codes: 0 it worked, 1 it did not, 2 what was typed or the file is wrong."
        })
public final class ScalerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ScalerCommand.class);

    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int INPUT = 2;

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;

    @Option(names = "--config", paramLabel = "FILE", description = "the scaler's configuration, YAML; required")
    private @Nullable Path config;

    @Option(names = "--check", description = "check the configuration and what it refers to, and start nothing")
    private boolean check;

    /** Makes the command; {@code environment} is what a configuration may refer to. */
    public ScalerCommand(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (config == null) {
            err.println("weft scaler: found no --config, expected --config FILE. See: weft scaler --help");
            return INPUT;
        }
        Optional<ScalerConfig> read = read(config);
        if (read.isEmpty()) {
            return INPUT;
        }
        return check ? checked(config, read.get()) : served(read.get());
    }

    private Optional<ScalerConfig> read(Path file) {
        try {
            Checked<ScalerConfig> checked =
                    ScalerConfigReader.read(file.toString(), Files.readString(file), environment);
            describe(checked.problems());
            return checked.value();
        } catch (NoSuchFileException e) {
            err.println(file + ": no such file");
        } catch (CharacterCodingException e) {
            err.println(file + ": not UTF-8 text");
        } catch (IOException e) {
            err.println(file + ": cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void describe(List<Problem> problems) {
        problems.forEach(problem -> err.println(problem.message()));
        if (!problems.isEmpty()) {
            err.println(
                    (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ". Nothing was started.");
        }
    }

    private int checked(Path file, ScalerConfig read) {
        try {
            new Connections(read, environment).check();
        } catch (IOException | SecretUnavailable e) {
            err.println(file + ": " + e.getMessage());
            return INPUT;
        }
        out.println("%s: ok: Kafka clusters %s; Flink clusters %s"
                .formatted(file, read.kafka().keySet(), read.flink().keySet()));
        return OK;
    }

    private int served(ScalerConfig read) throws InterruptedException {
        JsonLogs.start();
        CountDownLatch ended = new CountDownLatch(1);
        try (Scaler scaler = Scaler.start(read, environment)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                LOG.info("Ending");
                scaler.close();
                ended.countDown();
            }));
            LOG.info("KEDA is answered on port {}, decisions are shown on port {}", scaler.port(), scaler.httpPort());
            ended.await();
            return OK;
        } catch (IOException | SecretUnavailable e) {
            err.println("weft scaler: " + e.getMessage());
            return FAILURE;
        }
    }
}
