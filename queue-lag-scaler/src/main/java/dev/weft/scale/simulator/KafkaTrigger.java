package dev.weft.scale.simulator;

import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.QueueSnapshot.Offsets;
import dev.weft.scale.lag.Reading;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The built-in Kafka scaler of KEDA 2.20.2: committed offsets against high watermarks, whatever is between them. Its
 * other settings are as they come: active above a lag of 0, the whole log where nothing was committed, no more replicas
 * than partitions.
 */
final class KafkaTrigger implements KedaTrigger {

    private final long lagThreshold;
    private final boolean excludePersistentLag;
    private final Map<TopicPartition, Long> committedAtLastCall = new HashMap<>();

    /**
     * Makes one.
     *
     * @param lagThreshold records a replica is to have waiting
     * @param excludePersistentLag whether a partition counts as empty if its offset is that of the call before
     */
    KafkaTrigger(long lagThreshold, boolean excludePersistentLag) {
        this.lagThreshold = lagThreshold;
        this.excludePersistentLag = excludePersistentLag;
    }

    @Override
    public Reading<Said> ask(Sight sight) {
        Reading<QueueSnapshot> queue = sight.queue();
        if (queue.value().isEmpty()) {
            committedAtLastCall.clear(); // an error makes KEDA build the scaler anew
        }
        return queue.map(this::said);
    }

    private Said said(QueueSnapshot queue) {
        long total = 0;
        long totalWithPersistent = 0;
        for (Map.Entry<TopicPartition, Offsets> each : queue.partitions().entrySet()) {
            Offsets offsets = each.getValue();
            if (offsets.committed().isEmpty()) {
                total += offsets.highWatermark();
                totalWithPersistent += offsets.highWatermark();
                continue;
            }
            long committed = offsets.committed().getAsLong();
            long lag = offsets.highWatermark() - committed;
            totalWithPersistent += lag;
            Long before = committedAtLastCall.put(each.getKey(), committed);
            total += excludePersistentLag && before != null && before == committed ? 0 : lag;
        }
        int partitions = queue.partitions().size();
        if (total / lagThreshold > partitions) {
            total = partitions * lagThreshold;
        }
        return new Said(total, totalWithPersistent > 0);
    }
}
