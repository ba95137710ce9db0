package dev.weft.job.cli;

import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.route.TopicNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The topics that a job reads.
 *
 * @param partitions of all of them together; empty if nobody had to ask Kafka
 */
record ReadQueue(SortedSet<String> topics, OptionalInt partitions) {

    /** Returns what the config says, where it names each topic. */
    static Optional<ReadQueue> named(JobConfig config) {
        return pattern(config).isPresent()
                ? Optional.empty()
                : Optional.of(new ReadQueue(
                        config.read().stream().map(ChannelConfig::topic).collect(Collectors.toCollection(TreeSet::new)),
                        OptionalInt.empty()));
    }

    /**
     * Returns what Kafka says.
     *
     * @param client how it is reached; asked for here, since that resolves secrets
     */
    static ReadQueue asked(JobConfig config, Supplier<Properties> client) throws CommandFailure, InterruptedException {
        try (KafkaTopics kafka = KafkaTopics.at(client.get(), config.kafka().bootstrap())) {
            SortedSet<String> topics = new TreeSet<>();
            for (String topic : kafka.names()) {
                if (config.read().stream().anyMatch(channel -> channel.topics().covers(topic))) {
                    topics.add(topic);
                }
            }
            requireTopics(config, topics);
            return new ReadQueue(topics, OptionalInt.of(kafka.partitions(topics)));
        } catch (CommandFailure failure) {
            String why = pattern(config)
                    .map(channel ->
                            "channel %s reads %s: which topics are those?".formatted(channel.name(), channel.topics()))
                    .orElse("how many partitions are read? --max-replicas N makes this question needless");
            throw CommandFailure.failure(failure.text() + System.lineSeparator() + why);
        }
    }

    private static Optional<ChannelConfig> pattern(JobConfig config) {
        return config.read().stream()
                .filter(channel -> channel.topics() instanceof TopicNames.TopicPattern)
                .findFirst();
    }

    private static void requireTopics(JobConfig config, SortedSet<String> topics) throws CommandFailure {
        List<String> missing = config.read().stream()
                .filter(channel -> topics.stream().noneMatch(channel.topics()::covers))
                .map(channel -> "%s (channel %s)".formatted(channel.topics(), channel.name()))
                .toList();
        if (!missing.isEmpty()) {
            throw CommandFailure.failure("topics that do not exist: " + String.join(", ", missing));
        }
    }
}
