package dev.weft.job.flink.function;

import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link FunctionOperator}s where they run, as they need the task's mailbox and join their tail early. */
final class FunctionFactory extends AbstractStreamOperatorFactory<Outbound>
        implements OneInputStreamOperatorFactory<Message, Outbound> {

    private static final long serialVersionUID = 1;

    private final String loop;
    private final FunctionSettings settings;

    FunctionFactory(String loop, FunctionSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("unchecked") // as Flink declares it
    public <T extends StreamOperator<Outbound>> T createStreamOperator(StreamOperatorParameters<Outbound> parameters) {
        return (T) new FunctionOperator(parameters, loop, settings);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return FunctionOperator.class;
    }
}
