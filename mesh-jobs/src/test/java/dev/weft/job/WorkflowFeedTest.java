package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.DeadLetter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.function.Message;
import dev.weft.workflow.host.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowFeedTest {

    private static final JobConfig SHOP = JobConfigReader.read(
                    "test.yaml", Jobs.text("shop", """
                            channels:
                              orders: { topic: shop.orders }
                              payments: { topic: shop.payments }
                              commands: { topic: shop.commands }
                              again: { topic: shop.again }
                              dead: { topic: shop.dead }
                            deadLetter: dead
                            redrive: again
                            routes: [{ name: all, from: [payments], to: [orders], where: { type: [none] } }]
                            workflows:
                              definitions: [{ file: order.yaml, from: [orders] }]
                              commands: commands
                            """), Map.of(NamedFiles.variable("order.yaml"), """
                            document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }
                            schedule: { on: { one: { with: { type: placed } } } }
                            do: [{ paid: { listen: { to: { one: { with: { type: paid } } } } } }]
                            """))
            .orElseThrow();

    private final OutletLog log = new OutletLog(SHOP);
    private final List<String> said = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(SHOP.routing(), log);

    @BeforeEach
    void feed() throws UnreadableException {
        Workflows workflows = SHOP.functions().workflows().orElseThrow();
        IngressPlan plan = SHOP.ingress();
        WorkflowFeed feed = new WorkflowFeed(plan, workflows, KnownWorkflows.of(workflows, List.of()), () -> 0);
        dispatcher.feed(new FunctionFeed(plan, feed, new FunctionFeed.Entrance() {
            @Override
            public void message(String ingress, Message message) {
                said.add(ingress + ": " + message.target().type());
            }

            @Override
            public void lost(String ingress) {
                said.add(ingress + " lost");
            }

            @Override
            public void expressionFailed(String ingress) {
                said.add(ingress + " failed");
            }
        }));
    }

    @Test
    void anEventGoesWhereInstancesBeginOrMayWait() {
        receive("shop.orders", Wire.event("1", "placed", "{}"));
        receive("shop.orders", Wire.event("2", "paid", "{}"));
        receive("shop.orders", Wire.event("3", "other", "{}"));

        assertThat(said).hasSize(1 + 8).startsWith("weft.workflow: weft.workflow/instance");
        assertThat(said.subList(1, 9)).containsOnly("weft.workflow: weft.workflow/correlation");
        assertThat(log.said).containsExactly("received", "received", "received", "unmatched");
    }

    @Test
    void aDefinitionSeesTheEventsOfItsOwnChannelsOnly() {
        receive("shop.payments", Wire.event("1", "placed", "{}"));
        receive("shop.commands", Wire.event("2", "dev.weft.workflow.get", "{\"instance\":\"i\"}"));

        assertThat(said).containsExactly("weft.workflow: weft.workflow/instance");
    }

    @Test
    void aCommandThatIsNoneGoesToTheDeadLetterAndAReplyIsLeftAlone() {
        receive("shop.commands", Wire.event("1", "dev.weft.workflow.cancl", "{}"));
        receive("shop.commands", Wire.event("2", "dev.weft.workflow.reply.v1", "{}"));

        assertThat(said).containsExactly("weft.workflow lost");
        assertThat(log.said).contains("dead command-refused");
    }

    @Test
    void anEventThatIsSentAgainComesBackToWorkflows() {
        MeshEvent event = MeshEvent.stored(new Origin("shop.orders", 0, 7, 0), Wire.event("1", "placed", "{}"));
        Map<String, String> told = Map.of(FunctionFeed.INGRESS, WorkflowFeed.NAME);

        receive("shop.again", DeadLetter.of(event, Reason.EXPIRED, "", "shop", told));

        assertThat(said).containsExactly("weft.workflow: weft.workflow/instance");
    }

    private void receive(String topic, WireRecord record) {
        dispatcher.dispatch(Wire.readFrom(topic, record));
    }
}
