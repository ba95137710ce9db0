package dev.weft.scale.kafka;

import static java.util.stream.Collectors.toMap;

import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka cluster. Its clients are made when they are first needed: a cluster whose name cannot be resolved yet may
 * be there later.
 */
final class KafkaCluster implements AutoCloseable {

    private static final Duration TOPICS_STAY_FOR = Duration.ofSeconds(10);

    private final String who;
    private final ClientSettings settings;
    private final Duration patience;
    private final InstantSource clock;
    private final TopicCatalog catalog = new TopicCatalog(TOPICS_STAY_FOR);
    private final Tails tails;
    private @Nullable Admin admin;
    private boolean closed;

    KafkaCluster(String name, Map<String, Object> properties, Duration patience, InstantSource clock) {
        this.who = "Kafka cluster " + name;
        this.settings = new ClientSettings(properties, patience);
        this.patience = patience;
        this.clock = clock;
        this.tails = new Tails(who, settings, patience);
    }

    Map<QueueRef, Reading<QueueSnapshot>> read(Set<QueueRef> queues) {
        try {
            Deadline deadline = new Deadline(who, patience);
            return new OffsetRound(admin(), catalog, deadline).read(queues, clock.instant());
        } catch (KafkaException e) {
            String reason = cannotBeAsked(e);
            return queues.stream().collect(toMap(each -> each, each -> new Reading.Unknown<>(reason)));
        }
    }

    Probed probe(TopicPartition partition, long from, long end) {
        return tails.probe(partition, from, end);
    }

    Reading<Map<TopicPartition, Long>> offsetsFor(Set<TopicPartition> partitions, Instant time) {
        try {
            return offsetsFor(admin(), new Deadline(who, patience), partitions, time);
        } catch (KafkaException e) {
            return new Reading.Unknown<>(cannotBeAsked(e));
        }
    }

    private static Reading<Map<TopicPartition, Long>> offsetsFor(
            Admin client, Deadline deadline, Set<TopicPartition> partitions, Instant time) {
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(deadline.leftMs());
        ListOffsetsResult ends = client.listOffsets(all(partitions, OffsetSpec.latest()), options);
        ListOffsetsResult times =
                client.listOffsets(all(partitions, OffsetSpec.forTimestamp(time.toEpochMilli())), options);
        Reading<Map<TopicPartition, ListOffsetsResultInfo>> found = deadline.await(times.all());
        Reading<Map<TopicPartition, ListOffsetsResultInfo>> last = deadline.await(ends.all());
        if (found instanceof Reading.Unknown<?> unknown) {
            return new Reading.Unknown<>(unknown.reason());
        }
        return last.map(end -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            end.forEach((partition, info) -> offsets.put(partition, info.offset()));
            // Kafka says -1 where no record is as young.
            found.value().orElse(Map.of()).forEach((partition, info) -> {
                if (info.offset() >= 0) {
                    offsets.put(partition, info.offset());
                }
            });
            return offsets;
        });
    }

    static Map<TopicPartition, OffsetSpec> all(Set<TopicPartition> partitions, OffsetSpec spec) {
        return partitions.stream().collect(toMap(each -> each, each -> spec));
    }

    private String cannotBeAsked(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "%s cannot be asked: %s".formatted(who, Deadline.said(cause));
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new KafkaException("the scaler is stopping");
        }
        if (admin == null) {
            admin = Admin.create(settings.admin());
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tails.close();
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
