package dev.weft.scale.kafka;

import static java.util.stream.Collectors.toMap;

import dev.weft.scale.kafka.TopicCatalog.Topic;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all queues of a cluster at once: what topics there are if that is not known, then what all groups committed,
 * then all ends and starts. In this order, so that a commit is never ahead of an end because of what was written
 * between two questions.
 */
final class OffsetRound {

    private final Admin admin;
    private final TopicCatalog catalog;
    private final Deadline deadline;

    OffsetRound(Admin admin, TopicCatalog catalog, Deadline deadline) {
        this.admin = admin;
        this.catalog = catalog;
        this.deadline = deadline;
    }

    /** What a cluster said of the ends of logs; each question was asked for all partitions in one. */
    private record Ends(ListOffsetsResult stable, ListOffsetsResult high, ListOffsetsResult start) {}

    Map<QueueRef, Reading<QueueSnapshot>> read(Set<QueueRef> queues, Instant at) {
        Map<QueueRef, Reading<QueueSnapshot>> snapshots = new HashMap<>();
        Map<QueueRef, Set<TopicPartition>> partitions = new HashMap<>();
        Map<String, Reading<Topic>> topics = topics(queues);
        for (QueueRef queue : queues) {
            Reading<Set<TopicPartition>> wanted = partitions(queue, topics);
            wanted.value().ifPresent(them -> partitions.put(queue, them));
            if (wanted instanceof Reading.Unknown<?> unknown) {
                snapshots.put(queue, new Reading.Unknown<>(unknown.reason()));
            }
        }
        if (partitions.isEmpty()) {
            return snapshots;
        }
        Map<String, Reading<Map<TopicPartition, OffsetAndMetadata>>> commits = commits(partitions);
        Map<TopicPartition, Reading<Offsets>> offsets = ends(partitions);
        partitions.forEach((queue, them) -> {
            var committed = commits.getOrDefault(queue.group(), new Reading.Unknown<>(deadline.silence()));
            snapshots.put(
                    queue,
                    committed instanceof Reading.Unknown<?> unknown
                            ? new Reading.Unknown<>("group %s: %s".formatted(queue.group(), unknown.reason()))
                            : snapshot(at, them, committed.value().orElse(Map.of()), offsets, topics));
        });
        return snapshots;
    }

    private Map<String, Reading<Topic>> topics(Set<QueueRef> queues) {
        Set<String> names = new TreeSet<>();
        queues.forEach(each -> names.addAll(each.topics()));
        return catalog.topics(admin, names, deadline);
    }

    private Reading<Set<TopicPartition>> partitions(QueueRef queue, Map<String, Reading<Topic>> topics) {
        Set<TopicPartition> wanted = new HashSet<>();
        for (String name : queue.topics()) {
            Reading<Topic> reading = topics.getOrDefault(name, new Reading.Unknown<>(deadline.silence()));
            if (reading instanceof Reading.Unknown<?> unknown) {
                return new Reading.Unknown<>("topic %s: %s".formatted(name, unknown.reason()));
            }
            List<Integer> there = reading.value().map(Topic::partitions).orElse(List.of());
            for (int partition : queue.partitions()) {
                if (!there.contains(partition)) {
                    return new Reading.Unknown<>("topic %s: found %d partitions, expected one of number %d"
                            .formatted(name, there.size(), partition));
                }
            }
            there.stream()
                    .filter(each ->
                            queue.partitions().isEmpty() || queue.partitions().contains(each))
                    .forEach(each -> wanted.add(new TopicPartition(name, each)));
        }
        return new Reading.Known<>(wanted);
    }

    private Map<String, Reading<Map<TopicPartition, OffsetAndMetadata>>> commits(
            Map<QueueRef, Set<TopicPartition>> queues) {
        Map<String, Set<TopicPartition>> asked = new HashMap<>();
        queues.forEach((queue, partitions) ->
                asked.computeIfAbsent(queue.group(), any -> new HashSet<>()).addAll(partitions));
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        asked.forEach((group, partitions) ->
                specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
        var options = new ListConsumerGroupOffsetsOptions().timeoutMs(deadline.leftMs());
        var result = admin.listConsumerGroupOffsets(specs, options);
        Map<String, Reading<Map<TopicPartition, OffsetAndMetadata>>> commits = new HashMap<>();
        for (String group : asked.keySet()) {
            commits.put(group, deadline.await(result.partitionsToOffsetAndMetadata(group), this::unlessItIsNew));
        }
        return commits;
    }

    /** A group that never committed is one that nobody knows. */
    private Reading<Map<TopicPartition, OffsetAndMetadata>> unlessItIsNew(Throwable failure) {
        return failure instanceof GroupIdNotFoundException ? new Reading.Known<>(Map.of()) : deadline.refused(failure);
    }

    private Map<TopicPartition, Reading<Offsets>> ends(Map<QueueRef, Set<TopicPartition>> queues) {
        Set<TopicPartition> asked = new HashSet<>();
        queues.values().forEach(asked::addAll);
        var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(deadline.leftMs());
        var any = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(deadline.leftMs());
        Ends ends = new Ends(
                admin.listOffsets(KafkaCluster.all(asked, OffsetSpec.latest()), committed),
                admin.listOffsets(KafkaCluster.all(asked, OffsetSpec.latest()), any),
                admin.listOffsets(KafkaCluster.all(asked, OffsetSpec.earliest()), any));
        return asked.stream().collect(toMap(each -> each, each -> offsets(each, ends)));
    }

    /** Returns the offsets of a partition without what its group committed. */
    private Reading<Offsets> offsets(TopicPartition partition, Ends ends) {
        Reading<ListOffsetsResultInfo> stable = deadline.await(ends.stable().partitionResult(partition));
        Reading<ListOffsetsResultInfo> high = deadline.await(ends.high().partitionResult(partition));
        Reading<ListOffsetsResultInfo> start = deadline.await(ends.start().partitionResult(partition));
        for (Reading<ListOffsetsResultInfo> each : List.of(stable, high, start)) {
            if (each instanceof Reading.Unknown<?> unknown) {
                catalog.doubt(partition.topic());
                return new Reading.Unknown<>("partition %s: %s".formatted(partition, unknown.reason()));
            }
        }
        long end = offset(stable);
        return new Reading.Known<>(new Offsets(
                Math.min(offset(start), end),
                end,
                Math.max(offset(high), end),
                OptionalLong.empty(),
                OptionalInt.empty()));
    }

    private static long offset(Reading<ListOffsetsResultInfo> info) {
        return info.value().orElseThrow().offset();
    }

    private static Reading<QueueSnapshot> snapshot(
            Instant at,
            Set<TopicPartition> partitions,
            Map<TopicPartition, OffsetAndMetadata> commits,
            Map<TopicPartition, Reading<Offsets>> ends,
            Map<String, Reading<Topic>> topics) {
        Map<TopicPartition, Offsets> offsets = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (TopicPartition each : partitions) {
            Reading<Offsets> end = ends.getOrDefault(each, new Reading.Unknown<>("nobody asked"));
            if (end instanceof Reading.Unknown<?> unknown) {
                return new Reading.Unknown<>(unknown.reason());
            }
            offsets.put(each, with(end.value().orElseThrow(), commits.get(each)));
            Optional.ofNullable(topics.get(each.topic()))
                    .flatMap(Reading::value)
                    .ifPresent(topic -> ids.put(topic.name(), topic.id()));
        }
        return new Reading.Known<>(new QueueSnapshot(at, offsets, ids));
    }

    private static Offsets with(Offsets ends, @Nullable OffsetAndMetadata commit) {
        if (commit == null) {
            return ends;
        }
        OptionalInt epoch = commit.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty());
        return new Offsets(
                ends.logStart(), ends.stableEnd(), ends.highWatermark(), OptionalLong.of(commit.offset()), epoch);
    }
}
