package dev.weft.workflow.host;

import static dev.weft.workflow.host.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.event.MeshEvent;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.engine.LifecycleLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole workflows, as functions run them. */
class LocalHostTest {

    private static final Instant BEGIN = Instant.parse("2026-06-01T10:00:00Z");

    private static final String ORDER = """
            order:1.0.0
            schedule: { on: { one: { with: { type: order.placed } } } }
            input: { from: "${ .[0].data }" }
            do:
              - paid:
                  listen:
                    to: { one: { with: { type: order.paid }, correlate: { order: { from: .data.id, expect: "${ .id }" } } } }
              - ship: { emit: { event: { with: { source: /shop, type: order.shipped, data: "${ .[0] }" } } } }
            """;

    private static final String ASKS = """
            asks:1.0.0
            do:
              - ask: { call: http, with: { method: get, endpoint: "http://stock.test/" } }
              - say: { emit: { event: { with: { source: /shop, type: said, data: "${ . }" } } } }
            """;

    private final Calls calls = new Calls();

    @Test
    void anEventStartsAnInstanceAndAnotherEndsIt() {
        LocalHost host = host(ORDER);

        host.receives(event("order.placed", "p1", "{\"id\":1}"));
        host.receives(event("order.placed", "p2", "{\"id\":2}"));
        assertThat(statuses(host)).containsOnly("waiting");
        host.receives(event("order.paid", "e1", "{\"id\":2.0,\"by\":\"card\"}"));

        assertThat(data(host.emitted())).containsExactly("{\"id\":2.0,\"by\":\"card\"}");
        assertThat(statuses(host)).containsExactlyInAnyOrder("waiting", "completed");
        assertThat(host.lost()).isEmpty();
    }

    @Test
    void aStartThatComesAgainStartsNothing() {
        LocalHost host = host(ORDER);

        host.receives(event("order.placed", "p1", "{\"id\":1}"));
        host.receives(event("order.placed", "p1", "{\"id\":1}"));
        host.receives(event("order.paid", "e1", "{\"id\":1}"));
        host.receives(event("order.placed", "p1", "{\"id\":1}"));

        assertThat(host.emitted()).hasSize(1);
        assertThat(host.instances()).hasSize(1);
    }

    @Test
    void whatEndedIsForgottenAfterAWhile() {
        LocalHost host = host(ORDER);
        host.receives(event("order.placed", "p1", "{\"id\":1}"));
        host.receives(event("order.paid", "e1", "{\"id\":1}"));

        host.advance(HostSettings.USUAL.retain());
        host.receives(event("order.placed", "p1", "{\"id\":1}"));

        assertThat(statuses(host)).containsExactly("waiting");
    }

    @Test
    void anEventThatComesBeforeItsListenIsNotLost() {
        LocalHost host = host("""
                order:1.0.0
                schedule: { on: { one: { with: { type: order.placed } } } }
                input: { from: "${ .[0].data }" }
                do:
                  - pause: { wait: PT1M }
                  - paid:
                      listen:
                        to: { one: { with: { type: order.paid }, correlate: { order: { from: .data.id, expect: "${ .id }" } } } }
                """);

        host.receives(event("order.placed", "p1", "{\"id\":1}"));
        host.receives(event("order.paid", "e1", "{\"id\":1}"));
        host.advance(Duration.ofMinutes(1));

        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void anEventThatOvertakesTheStartIsNotLost() {
        LocalHost host = host(ORDER);
        MeshEvent paid = event("order.paid", "e1", "{\"id\":1}");

        host.receives(paid);
        host.receives(event("order.placed", "p1", "{\"id\":1}"));

        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void whoSaysSoGetsOnlyWhatComesAfterItBeganToListen() {
        LocalHost host = host("""
                order:1.0.0
                do:
                  - pause: { wait: PT1M }
                  - paid:
                      listen: { to: { one: { with: { type: order.paid } } } }
                      metadata: { since: listen }
                """);
        host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());

        host.receives(event("order.paid", "e1", "{}"));
        host.advance(Duration.ofMinutes(1));
        assertThat(statuses(host)).containsExactly("waiting");
        host.receives(event("order.paid", "e2", "{}"));

        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void whoWaitsIsFoundEvenIfTheConfigNamesOtherChannelsSince() {
        Definition order = Books.definitions(ORDER).get(0);
        WorkflowBook before = WorkflowBook.ofHosted(List.of(seeing(order, "orders")), List.of());
        LocalHost host = new LocalHost(before, HostSettings.USUAL, calls, BEGIN, System::nanoTime);
        host.receives(event("order.placed", "p1", "{\"id\":1}"), List.of("orders"));

        host.restart(
                WorkflowBook.ofHosted(List.of(seeing(order, "orders", "payments")), List.of(seeing(order, "orders"))));
        host.receives(event("order.paid", "e1", "{\"id\":1}"), List.of("orders"));

        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void anEventThatIsSentToAnInstanceComesByNoTopic() {
        EventFilter filter = Definitions.filter(0, List.of(new EventFilter.Test.CameBy("payments")));
        Definition definition = Definitions.listening("order", "1.0.0", filter);
        WorkflowBook book = new WorkflowBook(List.of(definition), List.of());
        LocalHost host = new LocalHost(book, HostSettings.USUAL, calls, BEGIN, System::nanoTime);
        host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());

        host.ordered(
                event(
                        "dev.weft.workflow.send",
                        "c1",
                        "{\"instance\":\"i1\",\"event\":{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"paid\"}}"));

        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void everyInstanceThatWaitsWithoutAValueGetsTheEvent() {
        LocalHost host = host("""
                alarm:1.0.0
                do:
                  - wait: { listen: { to: { one: { with: { type: alarm } } } } }
                """);
        for (int i = 0; i < 50; i++) {
            host.start("shop", "alarm", "i" + i, JsonBytes.NODES.objectNode());
        }

        host.receives(event("alarm", "a1", "{}"));

        assertThat(statuses(host)).hasSize(50).containsOnly("completed");
    }

    @Test
    void timePassesOnlyWhenItIsTold() {
        LocalHost host = host("""
                slow:1.0.0
                do:
                  - pause: { wait: P30D }
                  - late: { emit: { event: { with: { source: /shop, type: late } } } }
                """);
        host.start("shop", "slow", "i1", JsonBytes.NODES.objectNode());

        host.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(host.emitted()).isEmpty();
        host.advance(Duration.ofMillis(1));

        assertThat(host.emitted()).hasSize(1);
        assertThat(host.now()).isEqualTo(BEGIN.plus(Duration.ofDays(30)));
    }

    @Test
    void aCallIsMadeAndItsResultGoesOn() {
        LocalHost host = host(ASKS);
        host.start("shop", "asks", "i1", JsonBytes.NODES.objectNode());
        assertThat(calls.made).hasSize(1);

        calls.answers(0, "42");
        host.run();

        assertThat(data(host.emitted())).containsExactly("\"42\"");
    }

    @Test
    void aCallThatIsUnderWayIsMadeAgainAfterARestartWithTheSameKey() {
        LocalHost host = host(ASKS);
        host.start("shop", "asks", "i1", JsonBytes.NODES.objectNode());

        host.restart(Books.of(ASKS));
        assertThat(calls.made).hasSize(2);
        assertThat(calls.made.get(1).idempotencyKey())
                .isEqualTo(calls.made.get(0).idempotencyKey());
        calls.answers(1, "new");
        calls.answers(0, "old");
        host.run();

        assertThat(data(host.emitted())).containsExactly("\"new\"");
    }

    @Test
    void aCallCanBeHeldUntilACheckpointKnowsOfIt() {
        HostSettings usual = HostSettings.USUAL;
        LocalHost host = host(
                new HostSettings(
                        usual.shards(),
                        usual.earlyEvents(),
                        usual.retain(),
                        usual.lifecycle(),
                        true,
                        true,
                        usual.onTime(),
                        usual.limits()),
                ASKS);

        host.start("shop", "asks", "i1", JsonBytes.NODES.objectNode());
        assertThat(calls.made).isEmpty();
        host.checkpoint(1);

        assertThat(calls.made).hasSize(1);
    }

    @Test
    void aParentGetsWhatItsChildMadeOnce() {
        LocalHost host = host("""
                parent:1.0.0
                do:
                  - child: { run: { workflow: { namespace: shop, name: child, version: latest, input: "${ .n }" } } }
                  - say: { emit: { event: { with: { source: /shop, type: said, data: "${ . }" } } } }
                """, """
                child:1.0.0
                do: [ { old: { set: { n: 0 } } } ]
                """, """
                child:1.10.0
                do:
                  - pause: { wait: PT1H }
                  - double: { set: "${ . * 2 }" }
                """, """
                child:1.9.0
                do: [ { old: { set: { n: 1 } } } ]
                """);

        host.start("shop", "parent", "p1", JsonBytes.NODES.objectNode().put("n", 21));
        host.advance(Duration.ofHours(2));

        assertThat(data(host.emitted())).containsExactly("42");
        assertThat(statuses(host)).hasSize(2).containsOnly("completed");
    }

    @Test
    void childrenEndWithTheParentThatWaitsForThem() {
        LocalHost host = host("""
                parent:1.0.0
                do: [ { child: { run: { workflow: { namespace: shop, name: child, version: 1.0.0 } } } } ]
                """, """
                child:1.0.0
                do: [ { pause: { wait: PT1H } } ]
                """);
        host.start("shop", "parent", "p1", JsonBytes.NODES.objectNode());

        host.ordered(event("dev.weft.workflow.cancel", "c1", "{\"instance\":\"p1\"}"));

        assertThat(statuses(host)).hasSize(2).containsOnly("cancelled");
    }

    @Test
    void anInstanceGoesOnByTheDefinitionItBeganBy() {
        String first = """
                order:1.0.0
                do:
                  - wait: { listen: { to: { one: { with: { type: go } } } } }
                  - say: { emit: { event: { with: { source: /shop, type: said, data: old } } } }
                """;
        String second = first.replace("data: old", "data: new").replace("1.0.0\n", "1.1.0\n");
        LocalHost host = host(first);
        host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());

        host.restart(new WorkflowBook(Books.definitions(second), Books.definitions(first)));
        host.start("shop", "order", "i2", JsonBytes.NODES.objectNode());
        host.receives(event("go", "g1", "{}"));

        assertThat(data(host.emitted())).containsExactlyInAnyOrder("\"old\"", "\"new\"");
    }

    @Test
    void commandsAreAnswered() {
        LocalHost host = host(ORDER);

        host.ordered(event(
                "dev.weft.workflow.start",
                "c1",
                "{\"instance\":\"i1\",\"workflow\":{\"namespace\":\"shop\",\"name\":\"order\"},"
                        + "\"input\":[{\"data\":{\"id\":7}}]}"));
        host.ordered(event("dev.weft.workflow.get", "c2", "{\"instance\":\"i1\"}"));
        host.ordered(event("dev.weft.workflow.suspend", "c3", "{\"instance\":\"i1\"}"));
        host.receives(event("order.paid", "e1", "{\"id\":7}"));
        assertThat(host.emitted()).isEmpty();
        host.ordered(event("dev.weft.workflow.resume", "c4", "{\"instance\":\"i1\"}"));
        host.ordered(event("dev.weft.workflow.get", "c5", "{\"instance\":\"i1\"}"));
        host.ordered(event("dev.weft.workflow.cancel", "c6", "{\"instance\":\"i1\"}"));
        host.ordered(event("dev.weft.workflow.get", "c7", "{\"instance\":\"nobody\"}"));

        assertThat(host.emitted()).hasSize(1);
        assertThat(host.replies().stream().map(MeshEvent::data).map(LocalHostTest::reply))
                .containsExactly(
                        "c1 true  ",
                        "c2 true waiting ",
                        "c3 true  ",
                        "c4 true  ",
                        "c5 true completed ",
                        "c6 false  the instance has ended",
                        "c7 false  found no instance of that id");
        assertThat(host.lost()).isEmpty();
    }

    @Test
    void anEventThatIsSentToAnInstanceIsForNoOther() {
        LocalHost host = host("""
                order:1.0.0
                do:
                  - wait:
                      listen:
                        to: { one: { with: { type: paid }, correlate: { order: { from: .data.order, expect: '${ .order }' } } } }
                """);
        ObjectNode input = JsonBytes.NODES.objectNode().put("order", 7);
        host.start("shop", "order", "i1", input);
        host.start("shop", "order", "i2", input);
        String send = "{\"instance\":\"i1\",\"event\":{\"specversion\":\"1.0\",\"type\":\"%s\",\"id\":\"e%d\","
                + "\"source\":\"/test\",\"data\":{\"order\":%d}}}";

        host.ordered(event("dev.weft.workflow.send", "c1", send.formatted("sent", 1, 7)));
        host.ordered(event("dev.weft.workflow.send", "c2", send.formatted("paid", 2, 8)));
        assertThat(statuses(host)).containsExactly("waiting", "waiting");
        host.ordered(event("dev.weft.workflow.send", "c3", send.formatted("paid", 3, 7)));
        host.ordered(event("dev.weft.workflow.send", "c4", "{\"instance\":\"i1\",\"event\":{\"id\":\"e4\"}}"));

        assertThat(row(host, "i1").path("status").asText()).isEqualTo("completed");
        assertThat(row(host, "i2").path("status").asText()).isEqualTo("waiting");
        assertThat(host.replies().stream().map(MeshEvent::data).map(LocalHostTest::reply))
                .containsExactly(
                        "c1 false  the instance waits for no such event",
                        "c2 false  the instance waits for no such event",
                        "c3 true  ");
        assertThat(host.lost()).singleElement().asString().startsWith("data.event: ");
    }

    @Test
    void anInstanceThatIsMigratedWaitsAsTheNewDefinitionSays() {
        String first = """
                order:1.0.0
                do: [ { wait: { listen: { to: { one: { with: { type: go } } } } } } ]
                """;
        String second = """
                order:2.0.0
                do:
                  - begin: { set: { a: 1 } }
                  - wait: { listen: { to: { one: { with: { type: go.on } } } } }
                """;
        String migrate = "{\"instance\":\"i1\",\"workflow\":{\"namespace\":\"shop\",\"name\":\"order\"},"
                + "\"tasks\":{\"/do/0/wait\":\"%s\"},\"dryRun\":%s}";
        LocalHost host = host(first);
        host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());
        host.restart(new WorkflowBook(Books.definitions(second), Books.definitions(first)));

        host.ordered(event("dev.weft.workflow.migrate", "c1", migrate.formatted("/do/0/begin", "true")));
        host.ordered(event("dev.weft.workflow.migrate", "c2", migrate.formatted("/do/1/wait", "true")));
        assertThat(row(host, "i1").path("version").asText()).isEqualTo("1.0.0");
        host.ordered(event("dev.weft.workflow.migrate", "c3", migrate.formatted("/do/1/wait", "false")));
        host.receives(event("go", "e1", "{}"));
        assertThat(statuses(host)).containsExactly("waiting");
        host.receives(event("go.on", "e2", "{}"));

        assertThat(host.replies().stream()
                        .map(reply -> reply.data().path("done").booleanValue()))
                .containsExactly(false, true, true);
        assertThat(row(host, "i1").path("version").asText()).isEqualTo("2.0.0");
        assertThat(statuses(host)).containsExactly("completed");
    }

    @Test
    void anInstanceCanGoBack() {
        LocalHost host = host("""
                order:1.0.0 { resetPoints: 5 }
                do:
                  - say: { emit: { event: { with: { source: /shop, type: said } } } }
                  - wait: { listen: { to: { one: { with: { type: go } } } } }
                """);
        host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());

        host.ordered(event("dev.weft.workflow.reset", "c1", "{\"instance\":\"i1\",\"task\":\"/do/0/say\"}"));
        host.ordered(event("dev.weft.workflow.reset", "c2", "{\"instance\":\"i1\",\"task\":\"/do/7/none\"}"));

        assertThat(host.emitted()).hasSize(2).extracting(MeshEvent::getId).doesNotHaveDuplicates();
        assertThat(host.replies().stream().map(MeshEvent::data).map(LocalHostTest::reply))
                .containsExactly("c1 true  ", "c2 false  it cannot go back to /do/7/none");
    }

    @Test
    void aDefinitionSaysHowLongEventsAreKeptForIt() {
        String document = """
                order:1.0.0 { earlyEvents: %s }
                do:
                  - pause: { wait: PT1H }
                  - paid: { listen: { to: { one: { with: { type: order.paid } } } } }
                """;
        LocalHost patient = host(document.formatted("PT2H"));
        LocalHost impatient = host(document.formatted("PT1M"));
        for (LocalHost host : List.of(patient, impatient)) {
            host.start("shop", "order", "i1", JsonBytes.NODES.objectNode());
            host.receives(event("order.paid", "e1", "{}"));
            host.advance(Duration.ofHours(1));
        }

        assertThat(statuses(patient)).containsExactly("completed");
        assertThat(statuses(impatient)).containsExactly("waiting");
    }

    @Test
    void commandsThatAreNoneAreLostWithAReason() {
        LocalHost host = host(ORDER);

        host.ordered(event("dev.weft.workflow.cancle", "c1", "{}"));
        host.ordered(event("dev.weft.workflow.cancel", "c2", "{}"));
        host.ordered(event("dev.weft.workflow.reset", "c3", "{\"instance\":\"i\",\"task\":5}"));
        host.ordered(event("dev.weft.workflow.start", "c4", "{\"workflow\":{\"namespace\":\"shop\"}}"));

        assertThat(host.lost())
                .containsExactly(
                        "type: found dev.weft.workflow.cancle, expected dev.weft.workflow. and one of start, cancel,"
                                + " suspend, resume, compensate, reset, migrate, send, get. Did you mean"
                                + " \"dev.weft.workflow.cancel\"?",
                        "data.instance: found nothing, expected the id of an instance",
                        "data.task: found number, expected a text",
                        "data.workflow.name: found nothing, expected a text");
    }

    @Test
    void aWorkflowThatIsNotThereIsAnErrorOfWhoWantedIt() {
        String parent = """
                parent:1.0.0
                do: [ { child: { run: { workflow: { namespace: shop, name: child, version: 1.0.0 } } } } ]
                """;
        String child = """
                child:1.0.0
                do: [ { one: { set: { n: 1 } } } ]
                """;
        LocalHost host = host(parent, child);
        host.restart(new WorkflowBook(Books.definitions(parent, child).subList(0, 1), List.of()));

        host.start("shop", "parent", "p1", JsonBytes.NODES.objectNode());
        host.start("shop", "nothing", "p2", JsonBytes.NODES.objectNode());

        assertThat(row(host, "p1").at("/error/detail").asText())
                .isEqualTo("found no definition of workflow shop/child:1.0.0");
        assertThat(host.lost()).singleElement().asString().contains("found no definition of workflow shop/nothing");
    }

    @Test
    void anInstanceThatGetsTooLargeIsFaulted() {
        LocalHost host = host("""
                large:1.0.0
                do:
                  - grow: { set: "${ [range(200000)] }" }
                  - keep: { set: "${ {a: ., b: [.[] | . + 1], c: [.[] | . + 2]} }" }
                  - wait: { listen: { to: { one: { with: { type: go } } } } }
                """);

        host.start("shop", "large", "i1", JsonBytes.NODES.objectNode());

        assertThat(statuses(host)).containsExactly("faulted");
        assertThat(host.lost()).isEmpty();
    }

    @Test
    void searchAttributesAreShown() {
        LocalHost host = host("""
                found:1.0.0 { search: { order: .order } }
                do:
                  - note: { set: "${ . }", export: { as: "${ {order: .id} }" } }
                  - wait: { listen: { to: { one: { with: { type: go } } } } }
                """);

        host.start("shop", "found", "i1", JsonBytes.NODES.objectNode().put("id", 17));

        ObjectNode row = row(host, "i1");
        assertThat(row.at("/search/order").intValue()).isEqualTo(17);
        assertThat(row.path("tasks").toString()).isEqualTo("[\"/do/1/wait\"]");
        assertThat(row.path("status").asText()).isEqualTo("waiting");
    }

    @Test
    void itIsToldWhatHappens() {
        HostSettings usual = HostSettings.USUAL;
        assertThat(usual.lifecycle()).isEqualTo(LifecycleLevel.WORKFLOW);
        LocalHost host = host(ASKS);
        host.start("shop", "asks", "i1", JsonBytes.NODES.objectNode());
        calls.answers(0, "42");
        host.run();

        assertThat(host.lifecycle().stream().map(MeshEvent::getType))
                .containsExactly(
                        "io.serverlessworkflow.workflow.started.v1", "io.serverlessworkflow.workflow.completed.v1");
        assertThat(host.lifecycle()).allMatch(event -> "i1".equals(event.getSubject()));
    }

    @Test
    void aScheduleStartsInstancesThatRun() {
        LocalHost host = host("""
                tick:1.0.0
                schedule: { every: { minutes: 10 } }
                do: [ { say: { emit: { event: { with: { source: /shop, type: ticked } } } } } ]
                """);

        host.advance(Duration.ofHours(1));

        assertThat(host.emitted()).hasSize(6);
    }

    @Test
    void theNextInstanceOfAScheduleFollowsTheEndOfTheOneBefore() {
        LocalHost host = host("""
                tick:1.0.0
                schedule: { after: { minutes: 10 } }
                do: [ { pause: { wait: PT5M } } ]
                """);

        host.advance(Duration.ofMinutes(46));

        assertThat(statuses(host)).hasSize(4).filteredOn("completed"::equals).hasSize(3);
    }

    private LocalHost host(String... documents) {
        return host(HostSettings.USUAL, documents);
    }

    private LocalHost host(HostSettings settings, String... documents) {
        return new LocalHost(Books.of(documents), settings, calls, BEGIN, ThreadTime.or(System::nanoTime));
    }

    private static HostedDefinition seeing(Definition definition, String... channels) {
        SortedSet<String> from = new TreeSet<>(List.of(channels));
        return new HostedDefinition(definition, new WorkflowTerms(from, "out", LifecycleLevel.NONE, false));
    }

    private static ObjectNode row(LocalHost host, String instance) {
        return Objects.requireNonNull(host.instances().get(instance));
    }

    private static Stream<String> statuses(LocalHost host) {
        return host.instances().values().stream().map(row -> row.path("status").asText());
    }

    private static List<String> data(List<MeshEvent> events) {
        return events.stream().map(event -> event.data().toString()).toList();
    }

    private static String reply(JsonNode data) {
        return Stream.of("request", "done", "status", "detail")
                .map(field -> data.path(field).asText())
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    /** Calls that are answered when the test says so. */
    private static final class Calls implements Outside {

        private final List<CallRequest> made = new ArrayList<>();
        private final List<Consumer<CallOutcome>> waiting = new ArrayList<>();

        @Override
        public void call(CallRequest request, Consumer<CallOutcome> outcome) {
            made.add(request);
            waiting.add(outcome);
        }

        void answers(int number, String text) {
            waiting.get(number).accept(new CallOutcome(TextNode.valueOf(text), null));
        }
    }
}
