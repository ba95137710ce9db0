package dev.weft.job.cli;

import dev.weft.local.NewTopics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a Kafka cluster, as far as a mesh depends on them. */
final class KafkaTopics implements AutoCloseable {

    private final Admin admin;
    private final String servers;

    private KafkaTopics(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    static KafkaTopics at(Properties client, String servers) throws CommandFailure {
        try {
            return new KafkaTopics(Admin.create(client), servers);
        } catch (KafkaException e) {
            throw KafkaReach.failure(servers, e);
        }
    }

    Set<String> names() throws CommandFailure, InterruptedException {
        return await(admin.listTopics().names());
    }

    /** Returns the largest record batch each of these topics takes; they must exist. */
    Map<String, Long> maxMessageBytes(Collection<String> topics) throws CommandFailure, InterruptedException {
        Map<String, Long> sizes = new HashMap<>();
        settings(topics, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .forEach((topic, size) -> sizes.put(topic, Long.parseLong(size)));
        return sizes;
    }

    /** Returns how many partitions these topics have together; they must exist. */
    int partitions(Collection<String> topics) throws CommandFailure, InterruptedException {
        return await(admin.describeTopics(topics).allTopicNames()).values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    /** Returns what becomes of old records of topics, which must exist: {@code delete}, {@code compact} or both. */
    Map<String, String> cleanupPolicies(Collection<String> topics) throws CommandFailure, InterruptedException {
        return settings(topics, TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    private Map<String, String> settings(Collection<String> topics, String name)
            throws CommandFailure, InterruptedException {
        List<ConfigResource> asked = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, String> settings = new HashMap<>();
        for (Map.Entry<ConfigResource, Config> each :
                await(admin.describeConfigs(asked).all()).entrySet()) {
            ConfigEntry setting = each.getValue().get(name);
            if (setting != null) {
                settings.put(each.getKey().name(), setting.value());
            }
        }
        return settings;
    }

    /** Makes a topic with the cluster's default partitions and replication, and waits until it is there. */
    void create(String topic, Map<String, String> settings) throws CommandFailure, InterruptedException {
        NewTopic made = new NewTopic(topic, Optional.empty(), Optional.empty()).configs(settings);
        await(admin.createTopics(List.of(made)).all());
        try {
            new NewTopics(admin).await(List.of(topic));
        } catch (KafkaException e) {
            throw KafkaReach.failure(servers, e);
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws CommandFailure, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw KafkaReach.failure(servers, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
