package dev.weft.local;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits until topics that were just made are there.
 *
 * <p>Kafka says "created" before its brokers have heard of a topic, and names a leader before that leader takes
 * records. Whoever looks in between does not find the topic; a producer that sends may have its first batch refused and
 * its second accepted, and the first then counts as out of order for ever. So a topic is there when the leader of each
 * partition has answered a question about it.
 */
public final class NewTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Admin admin;

    /** Prepares to ask {@code admin}, which stays the caller's to close. */
    public NewTopics(Admin admin) {
        this.admin = admin;
    }

    /** Returns when the topics are there. Throws a {@link KafkaException} if they are not within 30 seconds. */
    public void await(Collection<String> names) {
        var question =
                partitions(names).stream().collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest()));
        // The client asks again for as long as a partition has no leader, or one that does not know it is.
        get(admin.listOffsets(question).all());
    }

    private List<TopicPartition> partitions(Collection<String> names) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        Optional<List<TopicPartition>> known = knownPartitions(names);
        while (known.isEmpty()) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new KafkaException("topics " + names + " are not known " + PATIENCE + " after they were made");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
            known = knownPartitions(names);
        }
        return known.get();
    }

    private Optional<List<TopicPartition>> knownPartitions(Collection<String> names) {
        return unless(
                        UnknownTopicOrPartitionException.class,
                        admin.describeTopics(names).allTopicNames())
                .map(topics -> topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .toList());
    }

    /** Returns the answer, or nothing after the one failure that is expected; a topic made answers nothing as well. */
    static <T> Optional<T> unless(Class<? extends Exception> expected, KafkaFuture<T> future) {
        try {
            return Optional.ofNullable(get(future));
        } catch (KafkaException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
