package dev.weft.job.flink;

import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Adds the places where steps remember to a job. An event visits one for each such step of its route: the first for the
 * first, the next for the second, since each asks by a key of its own.
 */
final class Memories {

    private Memories() {}

    /** Returns all that is to be written: by the routing operator, and behind as many memories as are needed. */
    static DataStream<Outbound> behind(SingleOutputStreamOperator<Outbound> routed, int memories) {
        DataStream<StepsPlan> plans = routed.getSideOutput(Sides.PLANS).broadcast();
        DataStream<Outbound> written = routed;
        SingleOutputStreamOperator<Outbound> before = routed;
        for (int n = 1; n <= memories; n++) {
            before = before.getSideOutput(Sides.PENDING)
                    .keyBy(Pending::key, Types.STRING)
                    .connect(plans)
                    .transform(Uids.chain(n), KafkaEdges.OUTBOUND, new ChainOperator(n < memories))
                    .uid(Uids.chain(n));
            written = written.union(before);
        }
        return written;
    }
}
