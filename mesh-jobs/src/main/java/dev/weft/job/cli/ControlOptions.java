package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds the control channel of the job that a file describes. */
final class ControlOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "SERVERS",
            description = "Kafka's host:port list (default: that of the job config, or of the mesh running here)")
    private @Nullable String bootstrap;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "work folder of the mesh running here (default: .weft where Weft is)")
    private @Nullable Path workFolder;

    @Option(
            names = "--wait",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "how long Kafka may take to answer (default: ${DEFAULT-VALUE})")
    private Duration wait = Duration.ofSeconds(10);

    /** Opens the control channel of the job. */
    ControlChannel open(Shell shell, JobFile file) throws CommandFailure {
        if (file.config().control().isEmpty()) {
            throw CommandFailure.input("""
                    %s: there is no spec.control, so the rules of a running job %s are fixed.
                    To change them, stop it and go on with the changed file:
                      %s stop %s --jobmanager URL
                      %s submit %s --jobmanager URL --from-savepoint PLACE""".formatted(
                            InputFile.named(file.name()),
                            file.config().name(),
                            Shell.command(),
                            file.config().name(),
                            Shell.command(),
                            file.name()));
        }
        JobConfig config = reachable(shell, file.config());
        return ControlChannel.open(config, MeshOptions.client(config, shell, wait));
    }

    /** Returns the config with the Kafka that is meant. */
    JobConfig reachable(Shell shell, JobConfig config) throws CommandFailure {
        if (bootstrap != null) {
            return config.withKafka(config.kafka().withBootstrapServers(List.of(bootstrap.split(","))));
        }
        Optional<RunState> here = RunState.read(WorkFolderOption.orDefault(workFolder, shell))
                .filter(state -> state.ownKafka() && state.name().equals(config.name()));
        return here.isPresent() ? EmbeddedSettings.of(config, here.get().bootstrapServers()) : config;
    }

    Duration patience() {
        return wait;
    }
}
