package dev.weft.job.cli;

import dev.weft.config.Nearest;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which mesh a command talks to: that of a job config, or the one that runs on this machine. */
final class MeshOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the job config whose channels are meant (default: that of the mesh running here)")
    private @Nullable String config;

    @Option(
            names = "--bootstrap",
            paramLabel = "SERVERS",
            description = "Kafka's host:port list (default: that of the job config)")
    private @Nullable String bootstrap;

    @Mixin
    private WorkFolderOption workFolder = new WorkFolderOption();

    @Mixin
    private KafkaPatience patience = new KafkaPatience();

    /** Returns the job config with the Kafka that is meant. */
    JobConfig open(Shell shell) throws CommandFailure {
        JobConfig opened =
                config == null ? running(shell) : JobFile.read(shell, config).config();
        return bootstrap == null
                ? opened
                : opened.withKafka(opened.kafka().withBootstrapServers(List.of(bootstrap.split(","))));
    }

    private JobConfig running(Shell shell) throws CommandFailure {
        Path folder = workFolder.folder(shell);
        RunState state = RunState.read(folder)
                .orElseThrow(() -> CommandFailure.input("no mesh runs with the work folder " + folder
                        + ": start one (weft demo, weft run FILE), or name a job config with --config FILE"));
        JobConfig running = JobFile.read(shell, state.config().toString()).config();
        return state.ownKafka() ? EmbeddedSettings.of(running, state.bootstrapServers()) : running;
    }

    /** Returns the channel of that name. */
    static ChannelConfig channel(JobConfig mesh, String name) throws CommandFailure {
        List<String> names = mesh.channels().stream().map(ChannelConfig::name).toList();
        if (!names.contains(name)) {
            String hint = Nearest.to(name, names)
                    .map(near -> ". Did you mean \"" + near + "\"?")
                    .orElse("");
            throw CommandFailure.input("mesh %s has no channel \"%s\", only %s%s"
                    .formatted(mesh.name(), name, String.join(", ", names), hint));
        }
        return mesh.channel(name);
    }

    /** Returns what a Kafka client of this command is configured with. */
    Properties client(JobConfig mesh, Shell shell) {
        return patience.client(mesh, shell);
    }
}
