package dev.weft.job.cli;

import dev.weft.config.Nearest;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
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

    /** Returns the job config with the Kafka that is meant. */
    JobConfig open(Shell shell) throws CommandFailure {
        JobConfig opened =
                config == null ? running(shell) : JobFile.read(shell, config).config();
        return bootstrap == null
                ? opened
                : opened.withKafka(opened.kafka().withBootstrapServers(List.of(bootstrap.split(","))));
    }

    private JobConfig running(Shell shell) throws CommandFailure {
        Path folder = WorkFolderOption.orDefault(workFolder, shell);
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
        return client(mesh, shell, wait);
    }

    /** Returns what a Kafka client of a command is configured with: it gives up after seconds, not minutes. */
    static Properties client(JobConfig mesh, Shell shell, Duration wait) {
        String millis = Long.toString(wait.toMillis());
        Properties client = mesh.kafka().clientProperties(shell.environment());
        client.put("request.timeout.ms", millis);
        client.put("default.api.timeout.ms", millis);
        client.put("max.block.ms", millis);
        client.put("linger.ms", "0");
        client.put("delivery.timeout.ms", millis);
        client.put("client.id", "weft-cli");
        return client;
    }
}
