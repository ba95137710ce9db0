package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.message.EgressMessageBuilder;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.testing.SideEffects;
import org.apache.flink.statefun.sdk.java.testing.TestContext;
import org.junit.jupiter.api.Test;

class {{class}}Test {

    private final Address address = new Address({{class}}.TYPE, "s-1");

    @Test
    void everyEventIsCountedAndTold() {
        TestContext context = TestContext.forTarget(address);
        {{class}} function = new {{class}}();

        function.apply(context, event("a")).join();
        function.apply(context, event("b")).join();

        assertEquals(Optional.of(2L), context.storage().get({{class}}.COUNT));
        assertEquals(2, context.getSentEgressMessages().size());
        assertEquals(
                SideEffects.sentEgress(EgressMessageBuilder.forEgress({{class}}.COUNTS)
                        .withCustomType(
                                CloudEvent.TYPE,
                                CloudEvent.of("s-1-2", "{{namespace}}.counted", "s-1", "{\"count\": 2}"))
                        .build()),
                context.getSentEgressMessages().get(1));
    }

    private Message event(String id) {
        return MessageBuilder.forAddress(address)
                .withCustomType(CloudEvent.TYPE, CloudEvent.of(id, "{{namespace}}.seen", "s-1", "{}"))
                .build();
    }
}
