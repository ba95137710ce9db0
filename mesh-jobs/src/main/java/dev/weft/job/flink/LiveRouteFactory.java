package dev.weft.job.flink;

import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.RulesText;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/**
 * Makes {@link LiveRouteOperator}s. Of all operators with two inputs, only one of this kind is chained to a source, so
 * that events are not serialized between being read and being decided.
 */
final class LiveRouteFactory extends AbstractStreamOperatorFactory<Outbound>
        implements YieldingOperatorFactory<Outbound> {

    private static final long serialVersionUID = 1;

    private final RulesText seed;

    LiveRouteFactory(RulesText seed) {
        this.seed = seed;
        setChainingStrategy(ChainingStrategy.HEAD_WITH_SOURCES);
    }

    @Override
    @SuppressWarnings("unchecked") // as Flink declares it
    public <T extends StreamOperator<Outbound>> T createStreamOperator(StreamOperatorParameters<Outbound> parameters) {
        return (T) new LiveRouteOperator(parameters, getMailboxExecutor(), seed);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return LiveRouteOperator.class;
    }
}
