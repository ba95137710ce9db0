package dev.weft.job.flink.deliver;

import dev.weft.delivery.Dispatch;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.Target;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;

/**
 * Adds the operators that deliver to targets. Events in no order stay with the subtask that decided about them; those
 * in an order go to the subtask of their key.
 */
public final class Deliveries {

    private final JobConfig config;
    private final Endpoints endpoints;

    public Deliveries(JobConfig config, Endpoints endpoints) {
        this.config = config;
        this.endpoints = endpoints;
    }

    /** Returns replies and dead letters of the targets to which events go in no order. */
    public SingleOutputStreamOperator<Outbound> inNoOrder(DataStream<Dispatch> parcels, String uid) {
        return DataStreamUtils.reinterpretAsKeyedStream(parcels, unused -> 0, Types.INT)
                .transform(uid, KafkaEdges.OUTBOUND, new DeliverFactory(plan(), endpoints, true))
                .uid(uid);
    }

    /**
     * Returns replies and dead letters of the targets to which events of one key go one after the other.
     *
     * @param words for every subtask, which of the targets are paused
     */
    public SingleOutputStreamOperator<Outbound> inOrder(
            DataStream<Dispatch> parcels, DataStream<Dispatch> words, String uid) {
        KeyedStream<Dispatch, Integer> byBucket = parcels.keyBy(Deliveries::bucket, Types.INT);
        SingleOutputStreamOperator<Outbound> delivered = byBucket.union(words.broadcast())
                .transform(uid, KafkaEdges.OUTBOUND, new DeliverFactory(plan(), endpoints, false))
                .uid(uid);
        // What a keyed stream says of itself, which its union with another stream does not.
        var keyed = (OneInputTransformation<Dispatch, Outbound>) delivered.getTransformation();
        keyed.setStateKeySelector(byBucket.getKeySelector());
        keyed.setStateKeyType(byBucket.getKeyType());
        return delivered;
    }

    private static int bucket(Dispatch dispatch) {
        return dispatch instanceof Parcel parcel ? Buckets.of(parcel) : 0;
    }

    private DeliveryPlan plan() {
        Map<String, ChannelConfig> replies = new HashMap<>();
        config.targets().stream()
                .map(Target::replyTo)
                .filter(Objects::nonNull)
                .forEach(channel -> replies.put(channel, config.channel(channel)));
        return new DeliveryPlan(
                config.name(),
                config.targets(),
                config.channel(config.deadLetter()).topic(),
                replies,
                config.limits().maxHops(),
                config.limits().maxEventBytes(),
                config.control().isPresent());
    }
}
