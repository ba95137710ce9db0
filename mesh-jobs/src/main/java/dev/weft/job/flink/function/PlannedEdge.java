package dev.weft.job.flink.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Message;
import dev.weft.job.FunctionEgress;
import dev.weft.job.FunctionPlan;
import dev.weft.job.flink.connect.Outbound;
import org.jspecify.annotations.Nullable;

/** The edge that a job's config says. */
public final class PlannedEdge implements FunctionEdge {

    private static final long serialVersionUID = 1;

    private final FunctionPlan plan;
    private transient @Nullable FunctionEgress opened;

    public PlannedEdge(FunctionPlan plan) {
        this.plan = plan;
    }

    @Override
    public Said said(Address from, Effects.Egress egress, Message cause, long now) {
        return said(opened().said(from, egress, cause, now));
    }

    @Override
    public Outbound deadLetter(Message message, Reason reason, String detail, long now) {
        return said(opened().deadLetter(message, reason, detail, now)).outbound();
    }

    private static Said said(FunctionEgress.Said said) {
        return new Said(new Outbound(said.topic(), said.record()), said.refused());
    }

    private FunctionEgress opened() {
        FunctionEgress known = opened;
        if (known == null) {
            known = new FunctionEgress(plan);
            opened = known;
        }
        return known;
    }
}
