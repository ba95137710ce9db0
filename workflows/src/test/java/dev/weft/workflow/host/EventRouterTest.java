package dev.weft.workflow.host;

import static dev.weft.workflow.host.Definitions.agreeing;
import static dev.weft.workflow.host.Definitions.expecting;
import static dev.weft.workflow.host.Definitions.filter;
import static dev.weft.workflow.host.Definitions.jq;
import static dev.weft.workflow.host.Definitions.listening;
import static dev.weft.workflow.host.Definitions.scheduled;
import static dev.weft.workflow.host.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.function.Address;
import dev.weft.function.Message;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter.Test.Equal;
import dev.weft.workflow.EventFilter.Test.Holds;
import dev.weft.workflow.EventFilter.Test.Is;
import dev.weft.workflow.EventFilter.Test.Matches;
import dev.weft.workflow.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventRouterTest {

    private static final long NOW = 5000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void anEventGoesToTheAddressOfItsValues() {
        var filter = filter(0, "order.paid", expecting(".data.order", "17"), expecting(".data.shop", "x"));

        List<Message> messages =
                route(event("order.paid", "e1", "{\"order\":\"17\",\"shop\":\"x\"}"), listening("a", "1.0.0", filter));

        assertThat(messages).singleElement().extracting(Message::target).isEqualTo(waiter(filter, "17", "x"));
    }

    @Test
    void numbersAreMetByValueAndNeverByText() {
        var filter = filter(0, "order.paid", expecting(".data.order", "17"));
        Definition definition = listening("a", "1.0.0", filter);

        Address address = CorrelationAddress.ofWaiter(AskedFilter.of(filter), List.of(IntNode.valueOf(17)), "i", 8);

        assertThat(targets(route(event("order.paid", "1", "{\"order\":17}"), definition)))
                .containsExactly(address);
        assertThat(targets(route(event("order.paid", "2", "{\"order\":17.0}"), definition)))
                .containsExactly(address);
        assertThat(targets(route(event("order.paid", "3", "{\"order\":\"17\"}"), definition)))
                .doesNotContain(address);
    }

    @Test
    void whatHasNoValueIsMeantForNobody() {
        var filter = filter(0, "order.paid", expecting(".data.order", "17"));

        assertThat(route(event("order.paid", "1", "{}"), listening("a", "1.0.0", filter)))
                .isEmpty();
        assertThat(route(event("order.paid", "1", "[1]"), listening("a", "1.0.0", filter)))
                .isEmpty();
    }

    @Test
    void withoutValuesItGoesToEveryShard() {
        var filter = filter(0, "order.paid");

        List<Address> targets = targets(route(event("order.paid", "e1", "{}"), listening("a", "1.0.0", filter)));

        assertThat(targets).hasSize(8).doesNotHaveDuplicates();
        assertThat(Stream.of("i", "j", "k")
                        .map(id -> CorrelationAddress.ofWaiter(AskedFilter.of(filter), List.of(), id, 8)))
                .isSubsetOf(targets);
    }

    @Test
    void aFilterOfManyDefinitionsIsAskedOnce() {
        Definition[] definitions = new Definition[50];
        for (int i = 0; i < definitions.length; i++) {
            definitions[i] = listening("w" + i, "1.0.0", filter(0, "order.paid", expecting(".data.order", "v" + i)));
        }

        assertThat(route(event("order.paid", "e1", "{\"order\":\"17\"}"), definitions))
                .hasSize(1);
    }

    @Test
    void definitionsThatAreNoLongerInTheConfigAreAskedToo() {
        WorkflowBook book = new WorkflowBook(
                List.of(listening("a", "2.0.0", filter(0, "new"))), List.of(listening("a", "1.0.0", filter(0, "old"))));

        assertThat(route(event("old", "1", "{}"), book)).hasSize(8);
        assertThat(route(event("new", "1", "{}"), book)).hasSize(8);
    }

    static Stream<Arguments> tests() {
        ObjectNode data = JSON.objectNode().put("a", 1);
        return Stream.of(
                Arguments.of(new Equal("type", "t"), true),
                Arguments.of(new Equal("type", "u"), false),
                Arguments.of(new Equal("subject", "s"), false),
                Arguments.of(new Matches("source", "/te.*"), true),
                Arguments.of(new Matches("source", "/te"), false),
                Arguments.of(new Matches("subject", ".*"), false),
                Arguments.of(new Is("data", data), true),
                Arguments.of(new Is("data", JSON.objectNode().put("a", 1.0)), true),
                Arguments.of(new Is("data", JSON.objectNode().put("a", "1")), false),
                Arguments.of(new Holds("data", jq(".a == 1"), false), true),
                Arguments.of(new Holds("data", jq(".a > 1"), false), false),
                Arguments.of(new Holds("data", jq(".b"), false), false),
                Arguments.of(new Holds("type", jq("\"t\""), false), true),
                Arguments.of(new Holds("type", jq("\"u\""), false), false),
                Arguments.of(new Holds("data", jq(".a.b.c"), false), false),
                Arguments.of(new Holds("data", jq("false"), true), true));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void tests(dev.weft.workflow.EventFilter.Test test, boolean holds) {
        List<Message> messages = route(event("t", "1", "{\"a\":1}"), listening("w", "1.0.0", filter(0, List.of(test))));

        assertThat(!messages.isEmpty()).isEqualTo(holds);
    }

    @Test
    void aScheduleIsStartedByTheEventOnceForAll() throws Exception {
        Definition definition = on("order.placed");

        Message first =
                route(event("order.placed", "e1", "{\"n\":1}"), definition).get(0);
        Message again =
                route(event("order.placed", "e1", "{\"n\":1}"), definition).get(0);
        Message other =
                route(event("order.placed", "e2", "{\"n\":1}"), definition).get(0);

        assertThat(first.target().type()).isEqualTo(WorkflowTypes.INSTANCE);
        assertThat(again.target()).isEqualTo(first.target());
        assertThat(other.target()).isNotEqualTo(first.target());
        InstanceMessage.Start start = (InstanceMessage.Start) InstanceMessage.read(first.argument());
        assertThat(start.workflow()).hasToString("shop/on:1.0.0");
        assertThat(JsonBytes.read(start.input()).at("/0/data/n").intValue()).isEqualTo(1);
    }

    @Test
    void aScheduleWithAValueWantsThatValue() {
        var filter = filter(0, "order.placed", expecting(".data.shop", "x"));
        Definition definition = scheduled(
                "on", "1.0.0", new Schedule.On(new Await(Await.Kind.ONE, List.of(filter), null), Body.Read.DATA));

        assertThat(route(event("order.placed", "1", "{\"shop\":\"x\"}"), definition))
                .hasSize(1);
        assertThat(route(event("order.placed", "2", "{\"shop\":\"y\"}"), definition))
                .isEmpty();
    }

    @Test
    void onlyTheNewestOfANameIsStarted() throws Exception {
        Definition older = scheduled("on", "1.9.0", startedBy("a"));
        Definition newer = scheduled("on", "1.10.0", startedBy("b"));

        assertThat(route(event("a", "1", "{}"), older, newer)).isEmpty();
        assertThat(route(event("b", "1", "{}"), older, newer)).hasSize(1);
    }

    @Test
    void eventsOfAllMeetByTheKeysTheyHaveInCommon() {
        var room = filter(0, "temperature", agreeing("room", ".data.room"), agreeing("house", ".subject"));
        var other = filter(1, "humidity", agreeing("room", ".data.in"));
        Definition definition = scheduled(
                "both",
                "1.0.0",
                new Schedule.On(new Await(Await.Kind.ALL, List.of(room, other), null), Body.Read.DATA));

        List<Address> targets = new ArrayList<>(targets(route(event("temperature", "1", "{\"room\":7}"), definition)));
        targets.addAll(targets(route(event("humidity", "2", "{\"in\":7.0}"), definition)));

        assertThat(targets)
                .containsExactly(
                        new Address(WorkflowTypes.SCHEDULE, "shop/both[7]"),
                        new Address(WorkflowTypes.SCHEDULE, "shop/both[7]"));
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("application/json", "{\"a\":1.50}", Map.of("data", "{\"a\":1.50}")),
                Arguments.of("text/plain", "hello", Map.of("data", "\"hello\"")),
                Arguments.of("application/xml; charset=utf-8", "<a/>", Map.of("data", "\"<a/>\"")),
                Arguments.of("text/plain", "\u00e9", Map.of("data_base64", "\"6Q==\"")),
                Arguments.of("application/octet-stream", "abc", Map.of("data_base64", "\"YWJj\"")),
                Arguments.of("application/json", "{oops", Map.of("data_base64", "\"e29vcHM=\"")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("payloads")
    void payloadsAreDataOrBytes(String contentType, String payload, Map<String, String> expected) throws Exception {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        MeshEvent event = event("t", "1", contentType, bytes, Origin.NONE);

        ObjectNode envelope = JsonBytes.readObject(new IncomingEvent(event).bytes());

        Map<String, String> found = new TreeMap<>();
        for (String name : List.of("data", "data_base64")) {
            if (envelope.has(name)) {
                found.put(name, envelope.get(name).toString());
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(envelope.path("specversion").asText()).isEqualTo("1.0");
        assertThat(envelope.path("source").asText()).isEqualTo("/tests");
    }

    @Test
    void anEventIsAsOldAsItsRecord() throws Exception {
        MeshEvent old = event("t", "1", "application/json", new byte[] {'1'}, new Origin("events", 0, 1, 1234));
        MeshEvent late = event("t", "1", "application/json", new byte[] {'1'}, new Origin("events", 0, 1, NOW + 1));

        assertThat(at(old)).isEqualTo(1234);
        assertThat(at(late)).isEqualTo(NOW);
    }

    private static long at(MeshEvent event) throws UnreadableException {
        Message message = route(event, listening("w", "1.0.0", filter(0, "t"))).get(0);
        return ((CorrelationMessage.Event) CorrelationMessage.read(message.argument())).at();
    }

    private static Definition on(String type) {
        return scheduled("on", "1.0.0", startedBy(type));
    }

    private static Schedule startedBy(String type) {
        return new Schedule.On(new Await(Await.Kind.ONE, List.of(filter(0, type)), null), Body.Read.ENVELOPE);
    }

    private static Address waiter(dev.weft.workflow.EventFilter filter, String... values) {
        List<JsonNode> wanted =
                Stream.of(values).<JsonNode>map(TextNode::valueOf).toList();
        return CorrelationAddress.ofWaiter(AskedFilter.of(filter), wanted, "i", 8);
    }

    private static List<Address> targets(List<Message> messages) {
        return messages.stream().map(Message::target).toList();
    }

    private static List<Message> route(MeshEvent event, Definition... definitions) {
        return route(event, new WorkflowBook(List.of(definitions), List.of()));
    }

    private static List<Message> route(MeshEvent event, WorkflowBook book) {
        List<Message> messages = new ArrayList<>();
        new EventRouter(book, HostSettings.USUAL, () -> 0).route(event, NOW, messages::add);
        return messages;
    }
}
