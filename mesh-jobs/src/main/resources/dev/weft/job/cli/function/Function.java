package {{package}};

import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;

/** Counts the events of each subject, and tells each count. */
public final class {{class}} implements StatefulFunction {

    static final TypeName TYPE = TypeName.typeNameFromString("{{namespace}}/{{name}}");

    /** The egress of job.yaml that leads to the channel "counts". */
    static final TypeName COUNTS = TypeName.typeNameFromString("{{namespace}}/counts");

    static final ValueSpec<Long> COUNT = ValueSpec.named("count").withLongType();

    /** By this field the job finds the function. */
    public static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(TYPE)
            .withValueSpec(COUNT)
            .withSupplier({{class}}::new)
            .build();

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        if (message.is(CloudEvent.TYPE)) {
            long count = context.storage().get(COUNT).orElse(0L) + 1;
            context.storage().set(COUNT, count);
            String subject = context.self().id();
            String event = CloudEvent.of(
                    subject + "-" + count, "{{namespace}}.counted", subject, "{\"count\": %d}".formatted(count));
            context.send(EgressMessageBuilder.forEgress(COUNTS)
                    .withCustomType(CloudEvent.TYPE, event)
                    .build());
        }
        return context.done();
    }
}
