package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import dev.weft.job.WorkflowFile;
import dev.weft.job.Workflows;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The job whose workflows a command is about. */
final class WorkflowMesh {

    /** Answers come with a checkpoint, and that may take a while itself. */
    private static final Duration BEYOND_A_CHECKPOINT = Duration.ofSeconds(30);

    @Mixin
    private MeshOptions mesh = new MeshOptions();

    @Option(
            names = "--answer-within",
            paramLabel = "DURATION",
            description = "how long the job may take to answer (default: 30s more than between two checkpoints)")
    private @Nullable Duration patience;

    /** Opens it. */
    Opened open(Shell shell) throws CommandFailure {
        JobConfig config = mesh.open(shell);
        Workflows workflows = config.functions()
                .workflows()
                .orElseThrow(() -> CommandFailure.input("mesh " + config.name() + " has no spec.workflows"));
        Duration wait = patience == null ? config.checkpoint().every().plus(BEYOND_A_CHECKPOINT) : patience;
        return new Opened(config, workflows, mesh.client(config, shell), wait);
    }

    /**
     * A job, and how its Kafka is reached.
     *
     * @param patience how long the job may take to answer
     */
    record Opened(JobConfig config, Workflows workflows, Properties client, Duration patience) {

        /** Returns the topic of commands. */
        String commands() throws CommandFailure {
            return topic("commands", workflows.commands());
        }

        /** Returns the topic of what is known of instances. */
        String instances() throws CommandFailure {
            return topic("instances", workflows.instances());
        }

        /** Returns the topic of what happened to instances. */
        String lifecycle() throws CommandFailure {
            return topic("lifecycle", workflows.lifecycle());
        }

        /** Watches one of them; whoever watches a topic that is not there would do so for ever. */
        TopicWatch watch(String topic) throws CommandFailure {
            TopicWatch watch = new TopicWatch(client, topic);
            if (!watch.hasTopic()) {
                watch.close();
                throw noTopic(topic);
            }
            return watch;
        }

        CommandFailure noTopic(String topic) {
            return CommandFailure.failure(
                    "there is no topic %s. Was the job %s started?".formatted(topic, config.name()));
        }

        private String topic(String key, @Nullable String channel) throws CommandFailure {
            if (channel == null) {
                throw CommandFailure.input("mesh %s has no spec.workflows.%s, the channel that this command needs"
                        .formatted(config.name(), key));
            }
            return config.channel(channel).topic();
        }

        /**
         * Returns the definitions of that name.
         *
         * @param name {@code [namespace/]name[:version]}
         */
        List<WorkflowFile> named(String name) throws CommandFailure {
            Predicate<WorkflowFile> isMeant = DefinitionName.parse(name)::fits;
            List<WorkflowFile> found =
                    workflows.definitions().stream().filter(isMeant).toList();
            if (found.isEmpty()) {
                List<String> all = workflows.definitions().stream()
                        .map(definition -> definition.id().toString())
                        .toList();
                throw CommandFailure.input("mesh %s has no workflow \"%s\", only %s"
                        .formatted(config.name(), name, String.join(", ", all)));
            }
            return found;
        }
    }
}
