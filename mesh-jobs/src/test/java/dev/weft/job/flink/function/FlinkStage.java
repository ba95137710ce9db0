package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.job.WorkflowFile.Mode;
import dev.weft.job.flink.RoutedEvents;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.engine.Status;
import dev.weft.workflow.scenario.EventJson;
import dev.weft.workflow.scenario.Move;
import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.Seen;
import dev.weft.workflow.scenario.Stage;
import dev.weft.workflow.scenario.StageOrders;
import dev.weft.workflow.scenario.StubbedCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;

/**
 * Workflows in the operators that they run in: events are read by the operator of routes, and its messages are taken by
 * the operator of functions. What is to be seen is what these write. There are no brokers between them, and calls are
 * stubs.
 *
 * <p>The operators end, and others go on from their state, when an event has come in and before all has come of it, and
 * after each move.
 */
final class FlinkStage implements Stage {

    private final Map<DefinitionId, Definition> definitions = new LinkedHashMap<>();
    private final LifecycleLevel lifecycle;
    private final StubbedCalls calls;
    private final Mode mode;
    private final Supplier<StateBackend> backend;
    private final EventReader reader = new EventReader(Long.MAX_VALUE);
    private final StageOrders orders = new StageOrders();
    private final List<Outbound> written = new ArrayList<>();
    private RoutedEvents routes;
    private StagedFunctions functions;
    private long now;
    private long checkpoint;
    private int asked;

    /**
     * Sets the stage.
     *
     * @param mode when calls are made
     * @param backend has the state; each operator gets one of its own
     */
    FlinkStage(Scenario.Given given, StubbedCalls calls, Mode mode, Supplier<StateBackend> backend) {
        given.workflows().forEach(each -> definitions.put(each.id(), each));
        this.lifecycle = given.lifecycle();
        this.calls = calls;
        this.mode = mode;
        this.backend = backend;
        this.now = given.time();
        StagedPlans plans = plans();
        try {
            this.routes = new RoutedEvents(plans.routing(), plans.ingress(), null);
            this.functions = new StagedFunctions(plans, this::call, backend.get(), now, null);
            settle();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private StagedPlans plans() {
        return StagedPlans.of(definitions.values(), lifecycle, mode);
    }

    private void call(CallRequest request, Consumer<CallOutcome> outcome) {
        asked++;
        calls.call(request, now, outcome);
    }

    /** Something that Flink does, which may throw anything. */
    private interface Doing {
        void happen() throws Exception;
    }

    /** Has that happen, and the job end and go on. */
    private void happen(Doing doing) {
        try {
            doing.happen();
            stopAndGo();
            settle();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the job with a savepoint and begins another from it. Nothing has run there. */
    private void stopAndGo() throws Exception {
        checkpoint++;
        OperatorSubtaskState ofRoutes = routes.snapshot(checkpoint);
        OperatorSubtaskState ofFunctions = functions.checkpoint(checkpoint);
        collect();
        routes.close();
        functions.close();
        StagedPlans plans = plans();
        routes = new RoutedEvents(plans.routing(), plans.ingress(), ofRoutes);
        functions = new StagedFunctions(plans, this::call, backend.get(), now, ofFunctions);
    }

    /** Does all that needs no time, with as many checkpoints as calls wait for. */
    private void settle() throws Exception {
        functions.run();
        for (int before = -1; mode == Mode.STRICT && before < asked; ) {
            before = asked;
            checkpoint++;
            functions.checkpoint(checkpoint);
            functions.run();
        }
    }

    private void collect() {
        written.addAll(routes.written());
        written.addAll(functions.written());
    }

    @Override
    public void start(Move.Start start) {
        command(orders.start(start));
    }

    @Override
    public void event(ObjectNode event, String topic) {
        happen(() -> {
            functions.take(routes.read(EventJson.received(event, topic, now), now));
            stopAndGo();
            settle();
        });
    }

    @Override
    public void command(ObjectNode command) {
        event(command, StagedPlans.COMMANDS);
    }

    @Override
    public void deploy(Definition definition) {
        definitions.put(definition.id(), definition);
        happen(() -> {});
    }

    @Override
    public void advance(long millis) {
        happen(() -> {
            long end = now + millis;
            for (long next = functions.nextTimer(); next <= end; next = functions.nextTimer()) {
                now = Math.max(now, next);
                functions.clockShows(now);
                settle();
            }
            now = end;
            functions.clockShows(now);
            settle();
        });
    }

    @Override
    public void stall(long millis) {
        now += millis;
        happen(() -> {});
    }

    @Override
    public void run() {
        happen(this::settle);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Seen seen() {
        List<ObjectNode> instances = instances();
        assertThat(functions.active())
                .as("instances that are active, as the metrics have it")
                .isEqualTo(active(instances));
        return new Seen(
                instances,
                said(StagedPlans.EMITTED),
                List.of(),
                said(StagedPlans.LIFECYCLE).stream().map(StageOrders::told).toList(),
                StageOrders.ofOthers(replies()),
                lost());
    }

    private Map<String, Long> active(List<ObjectNode> instances) {
        Map<String, Long> active = new TreeMap<>();
        for (ObjectNode each : instances) {
            Status status = Status.valueOf(each.path("status").asText().toUpperCase(Locale.ROOT));
            if (!status.isLast()) {
                active.merge(
                        each.path("workflow").asText() + ":"
                                + each.path("version").asText(),
                        1L,
                        Long::sum);
            }
        }
        return active;
    }

    private List<ObjectNode> replies() {
        return said(StagedPlans.COMMANDS).stream()
                .map(event -> (ObjectNode) event.get("data"))
                .toList();
    }

    /** Asks each instance how it is. */
    private List<ObjectNode> instances() {
        Set<String> ids = new LinkedHashSet<>();
        said(StagedPlans.INSTANCES)
                .forEach(row -> ids.add(row.path("data").path("id").asText()));
        List<ObjectNode> looks = orders.looks(ids);
        looks.forEach(this::command);
        return StageOrders.instances(looks, replies());
    }

    private List<ObjectNode> said(String topic) {
        return events(topic).stream().map(EventJson::of).toList();
    }

    private List<ObjectNode> lost() {
        return events(StagedPlans.DEAD).stream()
                .map(letter -> JsonNodeFactory.instance.objectNode().put("detail", letter.attribute("weftdetail")))
                .toList();
    }

    private List<MeshEvent> events(String topic) {
        collect();
        return written.stream()
                .filter(outbound -> outbound.topic().equals(topic))
                .map(outbound -> (MeshEvent) reader.read(Origin.NONE, outbound.record()))
                .toList();
    }

    @Override
    public void close() {
        try {
            routes.close();
            functions.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
