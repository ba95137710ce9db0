package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.DedupPlan;
import dev.weft.job.flink.connect.KafkaEdges;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Adds to a job what keeps out events that come again. */
final class Dedups {

    private Dedups() {}

    /** Returns what is to be routed: all that was received, if no channel asks whether an event comes again. */
    static DataStream<Received> behind(DataStream<Received> received, DedupPlan plan) {
        if (plan.channels().isEmpty()) {
            return received;
        }
        SingleOutputStreamOperator<Received> sorted = received.transform(
                        Uids.DEDUP_SORT, KafkaEdges.RECEIVED, new DedupSorter(plan))
                .uid(Uids.DEDUP_SORT);
        return sorted.getSideOutput(DedupSorter.ASKED)
                .keyBy(new EventMarks(plan), EventMarks.TYPE)
                .connect(sorted)
                .transform(Uids.DEDUP, KafkaEdges.RECEIVED, new DedupOperator(plan))
                .uid(Uids.DEDUP);
    }
}
