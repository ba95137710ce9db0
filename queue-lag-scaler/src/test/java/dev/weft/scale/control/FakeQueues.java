package dev.weft.scale.control;

import dev.weft.scale.lag.QueueReader;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Brokers whose offsets a test chooses, by consumer group. */
public final class FakeQueues implements QueueReader {

    private final InstantSource clock;
    private final int partitions;
    public final Map<String, Long> ends = new ConcurrentHashMap<>();
    final Map<String, Long> committed = new ConcurrentHashMap<>();
    final Set<String> away = ConcurrentHashMap.newKeySet();
    public final List<Set<QueueRef>> reads = new CopyOnWriteArrayList<>();
    volatile @Nullable CountDownLatch stuck;
    volatile String stuckCluster = "";
    volatile String broken = "";

    public FakeQueues(InstantSource clock, int partitions) {
        this.clock = clock;
        this.partitions = partitions;
    }

    @Override
    public Map<QueueRef, Reading<QueueSnapshot>> read(Set<QueueRef> queues) {
        reads.add(queues);
        String cluster = queues.iterator().next().cluster();
        CountDownLatch latch = stuck;
        if (latch != null && cluster.equals(stuckCluster)) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (broken.equals(cluster)) {
            throw new LinkageError("broken");
        }
        Map<QueueRef, Reading<QueueSnapshot>> all = new HashMap<>();
        for (QueueRef queue : queues) {
            all.put(
                    queue,
                    away.contains(queue.group())
                            ? new Reading.Unknown<>("the broker is away")
                            : new Reading.Known<>(snapshot(queue)));
        }
        return all;
    }

    private QueueSnapshot snapshot(QueueRef queue) {
        long end = ends.getOrDefault(queue.group(), 0L);
        long position = committed.getOrDefault(queue.group(), 0L);
        Map<TopicPartition, Offsets> offsets = new HashMap<>();
        for (String topic : queue.topics()) {
            for (int i = 0; i < partitions; i++) {
                offsets.put(
                        new TopicPartition(topic, i),
                        new Offsets(0, end, end, OptionalLong.of(position), OptionalInt.empty()));
            }
        }
        return new QueueSnapshot(clock.instant(), offsets);
    }

    @Override
    public Probed probe(String cluster, TopicPartition partition, long from, long end) {
        return new Probed.Found(from, from, clock.instant());
    }

    @Override
    public Reading<Map<TopicPartition, Long>> offsetsFor(String cluster, Set<TopicPartition> asked, Instant time) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        asked.forEach(each -> offsets.put(each, 0L));
        return new Reading.Known<>(offsets);
    }
}
