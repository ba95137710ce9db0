package dev.weft.local;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics and waits until they are there: Kafka answers "created" before its brokers have heard of it. */
public final class TopicCreation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Admin admin;

    /** Prepares to make topics on the single broker at {@code bootstrapServers}. */
    public TopicCreation(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** As {@link EmbeddedKafka#createTopics(Collection)}. */
    public void create(Collection<LocalTopic> topics) {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                .toList();
        for (KafkaFuture<Void> made : admin.createTopics(wanted).values().values()) {
            await(made, TopicExistsException.class);
        }
        List<String> names = topics.stream().map(LocalTopic::name).toList();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!haveLeaders(names)) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new KafkaException("topics " + names + " have no leader " + PATIENCE + " after they were made");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private boolean haveLeaders(List<String> names) {
        return admin.describeTopics(names).topicNameValues().values().stream()
                .allMatch(described -> await(described, UnknownTopicOrPartitionException.class)
                        .filter(topic -> topic.partitions().stream().allMatch(partition -> partition.leader() != null))
                        .isPresent());
    }

    /** Returns the answer, or nothing after the one failure that is expected; a topic made answers nothing as well. */
    private static <T> Optional<T> await(KafkaFuture<T> future, Class<? extends Exception> expected) {
        try {
            return Optional.ofNullable(future.get());
        } catch (ExecutionException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
