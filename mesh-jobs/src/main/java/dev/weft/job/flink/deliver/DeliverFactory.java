package dev.weft.job.flink.deliver;

import dev.weft.delivery.Dispatch;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes {@link DeliverOperator}s, which are given the task's mailbox. */
final class DeliverFactory extends AbstractStreamOperatorFactory<Outbound>
        implements OneInputStreamOperatorFactory<Dispatch, Outbound>, YieldingOperatorFactory<Outbound> {

    private static final long serialVersionUID = 1;

    private final DeliveryPlan plan;
    private final Endpoints endpoints;
    private final boolean isLocal;

    DeliverFactory(DeliveryPlan plan, Endpoints endpoints, boolean isLocal) {
        this.plan = plan;
        this.endpoints = endpoints;
        this.isLocal = isLocal;
    }

    @Override
    @SuppressWarnings("unchecked") // as Flink declares it
    public <T extends StreamOperator<Outbound>> T createStreamOperator(StreamOperatorParameters<Outbound> parameters) {
        return (T) new DeliverOperator(parameters, getMailboxExecutor(), plan, endpoints, isLocal);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return DeliverOperator.class;
    }
}
