package dev.weft.job.flink;

import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Adds the places where steps remember to a job. An event visits one for each such step of its route: the first for the
 * first, the next for the second, since each asks by a key of its own.
 */
final class Memories {

    private Memories() {}

    /** Returns all operators that decide: the routing operator, and as many memories behind it as are needed. */
    static List<SingleOutputStreamOperator<Outbound>> behind(
            SingleOutputStreamOperator<Outbound> routed, int memories) {
        DataStream<StepsPlan> plans = routed.getSideOutput(Sides.PLANS).broadcast();
        List<SingleOutputStreamOperator<Outbound>> deciding = new ArrayList<>(List.of(routed));
        SingleOutputStreamOperator<Outbound> before = routed;
        for (int n = 1; n <= memories; n++) {
            before = before.getSideOutput(Sides.PENDING)
                    .keyBy(Pending::key, Types.STRING)
                    .connect(plans)
                    .transform(Uids.chain(n), KafkaEdges.OUTBOUND, new ChainOperator(n < memories))
                    .uid(Uids.chain(n));
            deciding.add(before);
        }
        return deciding;
    }
}
