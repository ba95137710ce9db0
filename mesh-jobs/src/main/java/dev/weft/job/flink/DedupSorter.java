package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.DedupPlan;
import dev.weft.job.flink.connect.KafkaEdges;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Takes out the events that a channel asks about. What nobody asks about stays in the order it was read. */
final class DedupSorter extends AbstractStreamOperator<Received> implements OneInputStreamOperator<Received, Received> {

    /** Events that may have come before. */
    static final OutputTag<Received> ASKED = new OutputTag<>("asked", KafkaEdges.RECEIVED);

    private static final long serialVersionUID = 1;

    private final DedupPlan plan;

    DedupSorter(DedupPlan plan) {
        this.plan = plan;
    }

    @Override
    public void processElement(StreamRecord<Received> element) {
        if (plan.asking(element.getValue()) == null) {
            output.collect(element);
        } else {
            output.collect(ASKED, element);
        }
    }
}
