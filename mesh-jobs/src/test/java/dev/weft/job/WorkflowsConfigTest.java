package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Problem;
import dev.weft.function.FunctionType;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.host.WorkflowTerms;
import dev.weft.workflow.host.WorkflowTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowsConfigTest {

    private static final String SHOP = """
            channels:
              orders: { topic: shop.orders }
              events: { topic: shop.events }
              commands: { topic: shop.commands }
              instances: { topic: shop.instances }
              lifecycle: { topic: shop.lifecycle }
              dead: { topic: shop.dead }
            deadLetter: dead
            workflows:
              definitions:
                - { file: flows/order.yaml, from: [orders], to: events, lifecycle: task, mode: strict }
              commands: commands
              instances: instances
              lifecycle: lifecycle
            """;

    private static final String ORDER = """
            document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }
            do:
              - paid: { listen: { to: { one: { with: { type: shop.paid } } } } }
              - tell: { emit: { event: { with: { type: shop.done } } } }
            """;

    private static final String ASYNC = """
            document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }
            do:
              - paid:
                  call: asyncapi
                  with: { document: { endpoint: shop.yaml }, channel: shop.paid, subscription: { consume: { amount: 1 } } }
              - tell:
                  call: asyncapi
                  with: { document: { endpoint: shop.yaml }, channel: shop.done, message: { payload: 1 } }
            """;

    private static final String API = """
            asyncapi: 2.6.0
            servers: { broker: { url: "kafka:9092", protocol: kafka } }
            channels: { shop.paid: {}, shop.done: {} }
            """;

    @Test
    void workflowsAloneMakeAJob() {
        JobConfig job = read(SHOP, Map.of("flows/order.yaml", ORDER));
        Workflows workflows = job.functions().workflows().orElseThrow();

        assertThat(job.routes()).isEmpty();
        assertThat(job.sources()).extracting(ChannelConfig::name).containsExactly("orders", "commands");
        assertThat(job.outputs())
                .extracting(ChannelConfig::name)
                .containsExactly("events", "commands", "instances", "lifecycle");
        assertThat(job.functionPlan(FunctionJars.NONE).egress())
                .containsEntry(WorkflowTypes.INSTANCES, "instances")
                .containsEntry(WorkflowTypes.LIFECYCLE, "lifecycle")
                .containsEntry(WorkflowTypes.REPLIES, "commands")
                .containsEntry(new FunctionType("weft.channels", "events"), "events");
        assertThat(workflows.definitions()).singleElement().satisfies(file -> {
            assertThat(file.id()).hasToString("shop/order:1.0.0");
            assertThat(file.lifecycle()).isEqualTo(LifecycleLevel.TASK);
            assertThat(file.mode()).isEqualTo(WorkflowFile.Mode.STRICT);
        });
    }

    @Test
    void aDefinitionIsTheSameWhereverItIsReadAgain() throws Exception {
        Workflows workflows = read(SHOP, Map.of("flows/order.yaml", ORDER))
                .functions()
                .workflows()
                .orElseThrow();

        KnownWorkflows first = KnownWorkflows.of(workflows, List.of());
        KnownWorkflows again = KnownWorkflows.of(workflows, first.forms());

        assertThat(again.forms()).containsExactlyElementsOf(first.forms());
        assertThat(again.book().ofDigest(workflows.definitions().get(0).digest()))
                .isPresent();
    }

    @Test
    void anOlderDefinitionIsKeptBesideTheNewOne() throws Exception {
        Workflows before = read(SHOP, Map.of("flows/order.yaml", ORDER))
                .functions()
                .workflows()
                .orElseThrow();
        Workflows after = read(SHOP, Map.of("flows/order.yaml", ORDER.replace("1.0.0", "1.1.0")))
                .functions()
                .workflows()
                .orElseThrow();

        KnownWorkflows known =
                KnownWorkflows.of(after, KnownWorkflows.of(before, List.of()).forms());

        assertThat(known.book().newest()).singleElement().hasToString("shop/order:1.1.0");
        assertThat(known.book().ofDigest(before.definitions().get(0).digest())).isPresent();
    }

    @Test
    void whoWaitsIsFoundThoughTheConfigHasAnotherNumberOfShards() throws Exception {
        Workflows before = read(SHOP, Map.of("flows/order.yaml", ORDER))
                .functions()
                .workflows()
                .orElseThrow();
        List<byte[]> kept = KnownWorkflows.of(before, List.of()).forms();
        Workflows after = read(
                        SHOP.replace("workflows:\n", "workflows:\n  shards: 3\n"), Map.of("flows/order.yaml", ORDER))
                .functions()
                .workflows()
                .orElseThrow();

        assertThat(after.shards()).isEqualTo(3);
        assertThat(KnownWorkflows.of(after, kept).settings().shards()).isEqualTo(before.shards());
        assertThat(KnownWorkflows.of(after, List.of()).settings().shards()).isEqualTo(3);
    }

    @Test
    void theChannelsThatADefinitionSawBeforeAreKeptThroughEveryConfig() throws Exception {
        List<byte[]> kept = List.of();
        for (String from : List.of("[orders]", "[orders, events]", "[events]")) {
            String job = SHOP.replace("from: [orders]", "from: " + from);
            Workflows config = read(job, Map.of("flows/order.yaml", ORDER))
                    .functions()
                    .workflows()
                    .orElseThrow();
            kept = KnownWorkflows.of(config, kept).forms();
        }
        Workflows config = read(SHOP, Map.of("flows/order.yaml", ORDER))
                .functions()
                .workflows()
                .orElseThrow();

        assertThat(KnownWorkflows.of(config, kept).book().all())
                .singleElement()
                .satisfies(workflow -> assertThat(workflow.earlierTerms())
                        .extracting(WorkflowTerms::from)
                        .containsExactly(new TreeSet<>(Set.of("events")), new TreeSet<>(Set.of("events", "orders"))));
    }

    @Test
    void mistakesInADefinitionAreToldWithItsOwnFileAndLine() {
        String text = ORDER.replace("listen:", "lisen:");

        assertThat(problems(SHOP, Map.of("flows/order.yaml", text)))
                .singleElement()
                .asString()
                .startsWith("flows/order.yaml:3:");
    }

    @Test
    void aDefinitionNeedsTheChannelsThatItUses() {
        String spec = SHOP.replace(", from: [orders], to: events", "");

        assertThat(problems(spec, Map.of("flows/order.yaml", ORDER)))
                .containsExactly(
                        "test.yaml:16:9: $.spec.workflows.definitions[0].from: found nothing,"
                                + " expected the channels whose events the workflow waits for",
                        "test.yaml:16:9: $.spec.workflows.definitions[0].to: found nothing,"
                                + " expected the channel of what the workflow emits");
    }

    @Test
    void messagesOfAnApiGoByChannelsOfItsTopics() {
        Map<String, String> files = Map.of("flows/order.yaml", ASYNC, "flows/shop.yaml", API);

        assertThat(problems(SHOP, files))
                .containsExactly(
                        "test.yaml:16:35: $.spec.workflows.definitions[0].from: found the channels [orders], expected"
                                + " one of the topic \"shop.paid\" among them, to which the workflow subscribes",
                        "test.yaml:16:51: $.spec.workflows.definitions[0].to: found the channel \"events\" of the topic"
                                + " shop.events, expected a channel of the topic \"shop.done\", to which the workflow"
                                + " publishes");
        String fitting = SHOP.replace("topic: shop.orders", "topicPattern: \"shop\\\\.p.*\"")
                .replace("shop.events", "shop.done");
        assertThat(problems(fitting, files)).isEmpty();
    }

    @Test
    void twoDefinitionsOfOneVersionAreAMistake() {
        String spec = SHOP.replace("  commands: commands\n  instances", """
                    - { file: flows/again.yaml, from: [orders], to: events }
                  commands: commands
                  instances\
                """);

        assertThat(problems(spec, Map.of("flows/order.yaml", ORDER, "flows/again.yaml", ORDER)))
                .containsExactly(
                        "test.yaml:17:17: $.spec.workflows.definitions[1].file: found \"flows/again.yaml\", which"
                                + " is shop/order:1.0.0, expected another version: that on line 16 is it too");
    }

    @Test
    void aSecretThatADefinitionUsesMustBeSomewhere() {
        String text = ORDER.replace("do:", "use: { secrets: [token] }\ndo:");

        assertThat(problems(SHOP, Map.of("flows/order.yaml", text)))
                .containsExactly("test.yaml:16:11: $.spec.workflows.definitions[0].file: found a workflow that uses the"
                        + " secret \"token\", expected a member of spec.workflows.secrets of that name, which says"
                        + " where it is");
        assertThat(problems(SHOP + "  secrets: { token: \"${env:TOKEN}\" }\n", Map.of("flows/order.yaml", text)))
                .isEmpty();
    }

    @Test
    void oneDefinitionMayRunAnotherWhateverTheirOrder() {
        String parent = """
                document: { dsl: 1.0.3, namespace: shop, name: parent, version: 1.0.0 }
                do: [{ child: { run: { workflow: { namespace: shop, name: order, version: 1.0.0 } } } }]
                """;
        String spec = SHOP.replace("definitions:\n", "definitions:\n    - { file: parent.yaml }\n");

        assertThat(problems(spec, Map.of("parent.yaml", parent, "flows/order.yaml", ORDER)))
                .isEmpty();
        assertThat(problems(SHOP, Map.of("flows/order.yaml", parent)))
                .singleElement()
                .asString()
                .contains("shop/order");
    }

    @ParameterizedTest(name = "from {0}, begun by {1}, emits {2}: {3}")
    @CsvSource(
            delimiter = ';',
            value = {
                "[orders, events]; { one: { with: { type: shop.done } } }; { type: shop.done, data: '${ . }' }; true",
                "[all]; { one: { with: { type: shop.done } } }; { type: shop.done }; true",
                "[orders, events]; { any: [] }; { type: shop.done }; true",
                "[events]; { one: { with: { source: /workflows/shop/order } } }; { type: shop.done }; true",
                "[events]; { one: { with: { type: shop.done, subject: a } } }; { type: shop.done, subject: '${ .s }' }; true",
                "[orders]; { one: { with: { type: shop.done } } }; { type: shop.done }; false",
                "[events]; { one: { with: { type: shop.paid } } }; { type: shop.done }; false",
                "[events]; { one: { with: { type: shop.done, subject: a } } }; { type: shop.done, subject: b }; false",
                "[events]; { one: { with: { type: shop.done } } }; { type: '${ .type }' }; false",
                "[events]; { all: [ { with: { type: shop.done } }, { with: { type: shop.paid } } ] }; { type: shop.done }; false"
            })
    void aWorkflowThatStartsItselfIsWarnedOf(String from, String begunBy, String emits, boolean warned) {
        String spec = SHOP.replace("[orders]", from)
                .replace("channels:\n", "channels:\n  all: { topicPattern: \"shop[.][eo].*\" }\n");
        String flow = """
                document: { dsl: 1.0.3, namespace: shop, name: order, version: 1.0.0 }
                schedule: { on: %s }
                do: [ { tell: { emit: { event: { with: %s } } } } ]
                """.formatted(begunBy, emits);
        Map<String, String> environment = environment(Map.of("flows/order.yaml", flow));
        JobConfig job = JobConfigReader.read("test.yaml", Jobs.text("shop", spec), environment)
                .orElseThrow();

        assertThat(WorkflowFiles.warnings(job, environment))
                .extracting(Problem::message)
                .isEqualTo(
                        warned
                                ? List.of("flows/order.yaml:1:1: $: found a workflow whose instances are made by events"
                                        + " as its task \"tell\" emits them to the channel \"events\", expected events"
                                        + " of others: each instance may make another, without end")
                                : List.of());
    }

    private static JobConfig read(String spec, Map<String, String> files) {
        return JobConfigReader.read("test.yaml", Jobs.text("shop", spec), environment(files))
                .orElseThrow();
    }

    private static List<String> problems(String spec, Map<String, String> files) {
        return JobConfigReader.read("test.yaml", Jobs.text("shop", spec), environment(files)).problems().stream()
                .map(Problem::message)
                .toList();
    }

    private static Map<String, String> environment(Map<String, String> files) {
        Map<String, String> environment = new HashMap<>();
        files.forEach((path, text) -> environment.put(NamedFiles.variable(path), text));
        return environment;
    }
}
