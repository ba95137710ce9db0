package dev.weft.scale.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.weft.scale.lag.QueueReader;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads queues from Kafka clusters. Every question is asked for all partitions, or all groups, of a cluster in one;
 * each call ends within about the patience it was made with, whether or not brokers answer. A queue that cannot be read
 * does not keep others of the same cluster from being read. Safe for use by several threads.
 *
 * <p>The stable end is what a reader of committed records can reach, so open transactions are not in it; the high
 * watermark is what was written at all. New partitions, and topics made again, are noticed within ten seconds.
 */
public final class KafkaQueues implements QueueReader, AutoCloseable {

    private final Map<String, KafkaCluster> clusters = new HashMap<>();

    /**
     * Makes a reader; connects to nobody yet.
     *
     * @param clusters the settings of Kafka's clients by the name of a cluster, secrets resolved; time-outs, isolation
     *     and serializers in them do not count
     * @param patience how long to wait for a cluster; positive
     * @param clock says when something was asked
     */
    public KafkaQueues(Map<String, Map<String, Object>> clusters, Duration patience, InstantSource clock) {
        clusters.forEach(
                (name, settings) -> this.clusters.put(name, new KafkaCluster(name, settings, patience, clock)));
    }

    @Override
    public Map<QueueRef, Reading<QueueSnapshot>> read(Set<QueueRef> queues) {
        Map<QueueRef, Reading<QueueSnapshot>> snapshots = new HashMap<>();
        queues.stream().collect(groupingBy(QueueRef::cluster, toSet())).forEach((name, ofOne) -> {
            KafkaCluster cluster = clusters.get(name);
            if (cluster == null) {
                ofOne.forEach(each -> snapshots.put(each, new Reading.Unknown<>(noSuchCluster(name))));
            } else {
                snapshots.putAll(cluster.read(ofOne));
            }
        });
        return snapshots;
    }

    @Override
    public Probed probe(String cluster, TopicPartition partition, long from, long end) {
        KafkaCluster asked = clusters.get(cluster);
        return asked == null ? new Probed.Unclear(noSuchCluster(cluster)) : asked.probe(partition, from, end);
    }

    @Override
    public Reading<Map<TopicPartition, Long>> offsetsFor(String cluster, Set<TopicPartition> partitions, Instant time) {
        KafkaCluster asked = clusters.get(cluster);
        return asked == null ? new Reading.Unknown<>(noSuchCluster(cluster)) : asked.offsetsFor(partitions, time);
    }

    @Override
    public void close() {
        clusters.values().forEach(KafkaCluster::close);
    }

    private String noSuchCluster(String name) {
        return "found Kafka cluster %s, expected one of %s".formatted(name, new TreeSet<>(clusters.keySet()));
    }
}
