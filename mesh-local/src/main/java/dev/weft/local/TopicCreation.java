package dev.weft.local;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics on the local broker and waits until they are there. */
public final class TopicCreation implements AutoCloseable {

    private final Admin admin;

    /** Prepares to make topics on the single broker at {@code bootstrapServers}. */
    public TopicCreation(String bootstrapServers) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                "20"));
    }

    /** As {@link EmbeddedKafka#createTopics(Collection)}. */
    public void create(Collection<LocalTopic> topics) {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                .toList();
        for (KafkaFuture<Void> made : admin.createTopics(wanted).values().values()) {
            NewTopics.unless(TopicExistsException.class, made);
        }
        new NewTopics(admin).await(topics.stream().map(LocalTopic::name).toList());
    }

    @Override
    public void close() {
        admin.close();
    }
}
