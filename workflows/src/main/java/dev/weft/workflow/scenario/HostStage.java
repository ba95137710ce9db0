package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.workflow.Definition;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.engine.Limits;
import dev.weft.workflow.host.HostSettings;
import dev.weft.workflow.host.LocalHost;
import dev.weft.workflow.host.WorkflowBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The functions that workflows are in a job, in memory. How long an expression may take is not limited by time, which a
 * busy machine has little of: the other limits stop it, and do so always at the same place.
 */
final class HostStage implements Stage {

    private final List<Definition> definitions;
    private final StubbedCalls calls;
    private final LocalHost host;
    private final StageOrders orders = new StageOrders();
    private final List<String> refused = new ArrayList<>();

    HostStage(Scenario.Given given, StubbedCalls calls) {
        this.definitions = new ArrayList<>(given.workflows());
        this.calls = calls;
        this.host = new LocalHost(
                new WorkflowBook(definitions, List.of()),
                settings(given),
                this::call,
                Instant.ofEpochMilli(given.time()),
                () -> 0);
    }

    private static HostSettings settings(Scenario.Given given) {
        HostSettings usual = HostSettings.USUAL;
        return new HostSettings(
                usual.shards(),
                usual.earlyEvents(),
                Duration.ofDays(3650),
                given.lifecycle(),
                true,
                false,
                usual.onTime(),
                Limits.USUAL);
    }

    private void call(CallRequest request, Consumer<CallOutcome> outcome) {
        calls.call(request, now(), outcome);
    }

    @Override
    public void start(Move.Start start) {
        command(orders.start(start));
    }

    @Override
    public void event(ObjectNode event, String topic) {
        take(event, topic, host::receives);
    }

    @Override
    public void command(ObjectNode command) {
        take(command, "commands", host::ordered);
    }

    private void take(ObjectNode event, String topic, Consumer<MeshEvent> taker) {
        Received received = EventJson.received(event, topic, now());
        if (received instanceof MeshEvent read) {
            taker.accept(read);
        } else if (received instanceof RefusedRecord record) {
            refused.add(record.detail());
        }
    }

    @Override
    public void deploy(Definition definition) {
        definitions.add(definition);
        restart();
    }

    /** Forgets all but what is kept. */
    void restart() {
        host.restart(new WorkflowBook(definitions, List.of()));
    }

    @Override
    public void advance(long millis) {
        host.advance(Duration.ofMillis(millis));
    }

    @Override
    public void stall(long millis) {
        host.stall(Duration.ofMillis(millis));
    }

    @Override
    public void run() {
        host.run();
    }

    @Override
    public long now() {
        return host.now().toEpochMilli();
    }

    @Override
    public Seen seen() {
        List<ObjectNode> lost = new ArrayList<>();
        refused.forEach(detail -> lost.add(detail(detail)));
        host.lost().forEach(detail -> lost.add(detail(detail)));
        return new Seen(
                instances(),
                host.emitted().stream().map(EventJson::of).toList(),
                List.of(),
                host.lifecycle().stream()
                        .map(EventJson::of)
                        .map(StageOrders::told)
                        .toList(),
                StageOrders.ofOthers(replies()),
                lost);
    }

    private static ObjectNode detail(String detail) {
        return JsonNodeFactory.instance.objectNode().put("detail", detail);
    }

    private List<ObjectNode> replies() {
        return host.replies().stream()
                .map(EventJson::of)
                .map(event -> (ObjectNode) event.get("data"))
                .toList();
    }

    /** Asks each instance how it is. */
    private List<ObjectNode> instances() {
        List<ObjectNode> looks = orders.looks(List.copyOf(host.instances().keySet()));
        looks.forEach(this::command);
        return StageOrders.instances(looks, replies());
    }

    @Override
    public void close() {
        // All of it is in memory.
    }
}
