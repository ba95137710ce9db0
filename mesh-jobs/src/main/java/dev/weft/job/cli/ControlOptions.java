package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command finds the control channel of the job that a file describes. */
final class ControlOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "SERVERS",
            description = "Kafka's host:port list (default: that of the job config, or of the mesh running here)")
    private @Nullable String bootstrap;

    @Mixin
    private WorkFolderOption workFolder = new WorkFolderOption();

    @Mixin
    private KafkaPatience patience = new KafkaPatience();

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
        return ControlChannel.open(config, client(config, shell));
    }

    /** Returns the config with the Kafka that is meant. */
    JobConfig reachable(Shell shell, JobConfig config) throws CommandFailure {
        if (bootstrap != null) {
            return config.withKafka(config.kafka().withBootstrapServers(List.of(bootstrap.split(","))));
        }
        Optional<RunState> here = workFolder
                .running(shell)
                .filter(state -> state.ownKafka() && state.name().equals(config.name()));
        return here.isPresent() ? EmbeddedSettings.of(config, here.get().bootstrapServers()) : config;
    }

    /** Returns what a Kafka client of the command is configured with. */
    Properties client(JobConfig reachable, Shell shell) {
        return patience.client(reachable, shell);
    }

    Duration patience() {
        return patience.asDuration();
    }
}
