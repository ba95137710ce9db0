package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.flink.connect.ControlFeed;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.RulesText;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes {@link LiveRouteOperator}s, which are given the task's mailbox. */
final class LiveRouteFactory extends AbstractStreamOperatorFactory<Outbound>
        implements OneInputStreamOperatorFactory<Received, Outbound>, YieldingOperatorFactory<Outbound> {

    private static final long serialVersionUID = 1;

    private final RulesText text;
    private final ControlFeed.Opening control;

    LiveRouteFactory(RulesText text, ControlFeed.Opening control) {
        this.text = text;
        this.control = control;
    }

    @Override
    @SuppressWarnings("unchecked") // as Flink declares it
    public <T extends StreamOperator<Outbound>> T createStreamOperator(StreamOperatorParameters<Outbound> parameters) {
        return (T) new LiveRouteOperator(parameters, getMailboxExecutor(), text, control);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return LiveRouteOperator.class;
    }
}
