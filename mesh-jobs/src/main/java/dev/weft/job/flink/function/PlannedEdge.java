package dev.weft.job.flink.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Message;
import dev.weft.job.FunctionEgress;
import dev.weft.job.FunctionPlan;
import dev.weft.job.flink.connect.Outbound;
import org.jspecify.annotations.Nullable;

/** Writes to the channels of a plan. */
public final class PlannedEdge implements FunctionEdge {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private transient @Nullable FunctionEgress egress;

    public PlannedEdge(FunctionPlan plan) {
        this.plan = plan;
    }

    @Override
    public Said said(Address from, Effects.Egress value, Message cause, long now) {
        FunctionEgress.Said said = egress().said(from, value, cause, now);
        return new Said(new Outbound(said.topic(), said.record()), said.refused());
    }

    @Override
    public Outbound deadLetter(Message message, Reason reason, String detail, long now) {
        FunctionEgress.Said said = egress().deadLetter(message, reason, detail, now);
        return new Outbound(said.topic(), said.record());
    }

    private FunctionEgress egress() {
        FunctionEgress opened = egress;
        if (opened == null) {
            opened = new FunctionEgress(plan);
            egress = opened;
        }
        return opened;
    }
}
