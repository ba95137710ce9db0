package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Workflows in memory: the same functions as in a job, with a clock that goes on only when it is told, stand-ins for
 * calls, and lists of what goes out.
 *
 * <pre>{@code
 * LocalHost host = new LocalHost(book, HostSettings.USUAL, stubs, Instant.EPOCH, System::nanoTime);
 * host.receives(orderPlaced);
 * host.advance(Duration.ofHours(1));
 * assertThat(host.emitted()).hasSize(1);
 * }</pre>
 *
 * <p>Not safe for use by several threads, but for outcomes of calls, which may come on any.
 */
public final class LocalHost {

    private final HostSettings settings;
    private final Outside outside;
    private final LongSupplier nanoTime;
    private final Map<FunctionType, List<MeshEvent>> said = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private CheckpointGate gate = new CheckpointGate();
    private EventRouter router;
    private LocalFunctions functions;

    /** Makes a host whose schedules are set. */
    public LocalHost(WorkflowBook book, HostSettings settings, Outside outside, Instant now, LongSupplier nanoTime) {
        this.settings = settings;
        this.outside = outside;
        this.nanoTime = nanoTime;
        this.router = new EventRouter(book, settings, nanoTime);
        this.functions = new LocalFunctions(entries(book), new Leaving(), now.toEpochMilli());
        WorkflowFunctions.armings(book).forEach(functions::take);
    }

    private Map<FunctionType, Entry> entries(WorkflowBook book) {
        return WorkflowFunctions.of(book, settings, outside, gate, () -> functions.now(), nanoTime);
    }

    /**
     * Goes on with other definitions, as a job does that is started from a savepoint. Calls under way are made again.
     *
     * @param book has to hold the definitions of instances that have not ended
     */
    public void restart(WorkflowBook book) {
        gate = new CheckpointGate();
        router = new EventRouter(book, settings, nanoTime);
        functions = functions.restarted(entries(book));
        WorkflowFunctions.armings(book).forEach(functions::queue);
        functions.run();
    }

    /** An event comes by a channel of events. */
    public void receives(MeshEvent event) {
        receives(event, List.of());
    }

    /** An event comes by these channels. */
    void receives(MeshEvent event, Collection<String> channels) {
        router.route(event, channels, functions.now(), functions::queue);
        functions.run();
    }

    /** An event comes by a channel of commands. One that is no command is {@link #lost()}. */
    public void ordered(MeshEvent event) {
        try {
            functions.take(CommandReader.read(event, functions.now()));
        } catch (CommandReader.RefusedCommand e) {
            lost.add(e.getMessage());
        }
    }

    /** Starts an instance of the newest definition of that name. */
    public void start(String namespace, String name, String instance, JsonNode input) {
        InstanceMessage.Start start = new InstanceMessage.Start(
                new WorkflowName(namespace, name, null),
                JsonBytes.of(input),
                new Origin(functions.now(), null, null),
                null);
        functions.take(new Message(new Address(WorkflowTypes.INSTANCE, instance), null, start.form(), null));
    }

    /** Lets time pass, and at each moment all happen that is due. */
    public void advance(Duration time) {
        functions.advance(time);
    }

    /** Lets time pass in which nothing runs, as if the job was down. */
    public void stall(Duration time) {
        functions.stall(time);
    }

    /** Has all go on that outcomes of calls, given by other threads, allow. */
    public void run() {
        functions.run();
    }

    /** Has a checkpoint be taken and complete; see {@link HostSettings#holdsCalls}. */
    public void checkpoint(long number) {
        gate.taken(number);
        gate.completed(number);
        functions.run();
    }

    /** Returns what the clock shows. */
    public Instant now() {
        return Instant.ofEpochMilli(functions.now());
    }

    /** Returns what instances emitted, in order. */
    public List<MeshEvent> emitted() {
        return said(WorkflowTypes.EVENTS);
    }

    /** Returns what was told of what happened, in order. */
    public List<MeshEvent> lifecycle() {
        return said(WorkflowTypes.LIFECYCLE);
    }

    /** Returns the answers to commands, in order. */
    public List<MeshEvent> replies() {
        return said(WorkflowTypes.REPLIES);
    }

    /**
     * Returns how each instance was last told to be, by its id, in the order in which they began; as
     * {@link OutgoingEvents} says.
     */
    public Map<String, ObjectNode> instances() {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        for (MeshEvent row : said(WorkflowTypes.INSTANCES)) {
            if (row.data() instanceof ObjectNode data) {
                rows.put(data.path("id").asText(), data);
            }
        }
        return rows;
    }

    private List<MeshEvent> said(FunctionType egress) {
        return List.copyOf(said.getOrDefault(egress, List.of()));
    }

    /** Returns why messages, commands and emitted events came to nothing: what a job writes to its dead letter. */
    public List<String> lost() {
        return List.copyOf(lost);
    }

    private final class Leaving implements LocalFunctions.Exit {
        @Override
        public void said(Address from, Effects.Egress egress) {
            Received received = OutgoingEvents.received(from, egress.value());
            if (received instanceof MeshEvent event) {
                said.computeIfAbsent(egress.egress(), unused -> new ArrayList<>())
                        .add(event);
            } else if (received instanceof RefusedRecord refused) {
                lost.add(refused.detail());
            }
        }

        @Override
        public void dead(Message message, String detail) {
            lost.add(message.target() + ": " + detail);
        }
    }
}
