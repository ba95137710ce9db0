package dev.weft.job.flink.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Message;
import dev.weft.job.FunctionEgress;
import dev.weft.job.FunctionPlan;
import dev.weft.job.flink.connect.Outbound;
import org.jspecify.annotations.Nullable;

/** The edge of functions as a job config has it. */
public final class PlannedEdge implements FunctionEdge {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private transient @Nullable FunctionEgress egress;

    public PlannedEdge(FunctionPlan plan) {
        this.plan = plan;
    }

    @Override
    public Said said(Address from, Effects.Egress said, Message cause, long now) {
        FunctionEgress.Said written = egress().said(from, said, cause, now);
        return new Said(new Outbound(written.topic(), written.record()), written.refused());
    }

    @Override
    public Outbound deadLetter(Message message, Reason reason, String detail, long now) {
        FunctionEgress.Said letter = egress().deadLetter(message, reason, detail, now);
        return new Outbound(letter.topic(), letter.record());
    }

    private FunctionEgress egress() {
        FunctionEgress known = egress;
        if (known == null) {
            known = new FunctionEgress(plan);
            egress = known;
        }
        return known;
    }
}
