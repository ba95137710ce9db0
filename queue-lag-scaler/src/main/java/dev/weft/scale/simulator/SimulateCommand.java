package dev.weft.scale.simulator;

import dev.weft.config.Checked;
import dev.weft.config.Nearest;
import dev.weft.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weft scaler simulate}: policies side by side on a simulated cluster. */
@Command(
        name = "simulate",
        description =
                "Compares this scaler with KEDA's Kafka scaler, an HPA on CPU and the optimum, on a model of a cluster.")
public final class SimulateCommand implements Callable<Integer> {

    private static final int FAILURE = 1;
    private static final int BAD_INPUT = 2;

    private final List<Contender> others;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Plays what arrives in this file: t,records per partition; a subtask drains 100 per second.")
    private @Nullable Path trace;

    @Option(names = "--scenario", paramLabel = "NAME", split = ",", description = "Plays only these scenarios.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Lists the scenarios and ends.")
    private boolean list;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "3", description = "Runs of each; 3 if not given.")
    private int seeds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes results.csv, results.json and a picture of each scenario there.")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    public SimulateCommand() {
        this(List.of());
    }

    /** @param others who takes part beside those this module knows */
    public SimulateCommand(List<Contender> others) {
        this.others = List.copyOf(others);
    }

    @Override
    public Integer call() {
        if (list) {
            Scenarios.all().forEach(each -> say("%-20s %s".formatted(each.name(), each.story())));
            return 0;
        }
        Optional<List<Scenario>> scenarios = scenarios();
        if (scenarios.isEmpty()) {
            return BAD_INPUT;
        }
        if (seeds < 1 || seeds > 100) {
            complain("--seeds: found %d, expected 1 to 100".formatted(seeds));
            return BAD_INPUT;
        }
        if (out != null && !isMade(out)) {
            return BAD_INPUT;
        }
        Simulation simulation = new Simulation(
                scenarios.get(),
                Stream.concat(Contenders.all().stream(), others.stream()).toList(),
                LongStream.rangeClosed(1, seeds).boxed().toList());
        Table.header().forEach(this::say);
        List<Simulation.Result> results =
                simulation.play(done -> Table.lines(done).forEach(this::say));
        return out == null || isWritten(out, simulation, results) ? 0 : FAILURE;
    }

    /** Makes the folder before anything is played, so that a mistake is known at once. */
    private boolean isMade(Path folder) {
        try {
            Files.createDirectories(folder);
            return true;
        } catch (IOException e) {
            complain("--out: found \"%s\", expected a folder, or where one can be made".formatted(folder));
            return false;
        }
    }

    private boolean isWritten(Path folder, Simulation simulation, List<Simulation.Result> results) {
        try {
            Report.write(folder, simulation, results);
            say("Written to %s: results.csv, results.json and %d pictures."
                    .formatted(folder, simulation.scenarios().size()));
            return true;
        } catch (IOException e) {
            complain("--out: %s cannot be written to: %s".formatted(folder, e));
            return false;
        }
    }

    private Optional<List<Scenario>> scenarios() {
        List<Scenario> chosen = new ArrayList<>();
        if (trace != null) {
            Optional<Trace> read = read(trace);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            chosen.add(read.get().scenario());
        }
        List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
        for (String name : names) {
            Optional<Scenario> scenario = Scenarios.named(name);
            if (scenario.isEmpty()) {
                String hint = Nearest.to(name, known)
                        .map(" Did you mean \"%s\"?"::formatted)
                        .orElse("");
                complain("--scenario: found unknown scenario \"%s\", expected one of --list.%s".formatted(name, hint));
                return Optional.empty();
            }
            chosen.add(scenario.get());
        }
        return Optional.of(chosen.isEmpty() ? Scenarios.all() : chosen);
    }

    private Optional<Trace> read(Path file) {
        if (!Files.isRegularFile(file)) {
            complain("--trace: found \"%s\", expected a file".formatted(file));
            return Optional.empty();
        }
        try {
            Checked<Trace> read = Trace.read(file);
            read.problems().stream().map(Problem::message).forEach(this::complain);
            return read.value();
        } catch (CharacterCodingException e) {
            complain("--trace: %s is not UTF-8 text".formatted(file));
        } catch (IOException e) {
            complain("--trace: %s cannot be read: %s".formatted(file, e));
        }
        return Optional.empty();
    }

    private void say(String line) {
        PrintWriter writer = spec().commandLine().getOut();
        writer.println(line);
        writer.flush();
    }

    private void complain(String line) {
        PrintWriter writer = spec().commandLine().getErr();
        writer.println(line);
        writer.flush();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not made this command");
        }
        return spec;
    }
}
