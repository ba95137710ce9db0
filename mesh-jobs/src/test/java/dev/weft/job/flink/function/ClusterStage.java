package dev.weft.job.flink.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.rules.RulesText;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.scenario.EventJson;
import dev.weft.workflow.scenario.Move;
import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.Seen;
import dev.weft.workflow.scenario.Stage;
import dev.weft.workflow.scenario.StageOrders;
import dev.weft.workflow.scenario.StubbedCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A job of workflows on a real cluster, beside the same workflows in memory. Each move is made there first, then here;
 * the next one waits until all that was written to Kafka, called over HTTP and answered to commands is what it is
 * there, but for moments: clocks of clusters go on by themselves. Moves that need time cannot be made.
 */
final class ClusterStage implements Stage {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVENTS = "events";
    private static final String COMMANDS = "commands";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] STRUCTURED = "application/cloudevents+json".getBytes(UTF_8);

    private final ScenarioCluster cluster;
    private final String name;
    private final Stage memory;
    private final StubbedCalls calls;
    private final StubServer server;
    private final StageOrders orders = new StageOrders();
    private final EventReader reader = new EventReader(Long.MAX_VALUE);
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader topics;
    private final String job;

    /**
     * Starts the job.
     *
     * @param name of the job, and what its topics begin with
     * @param server that all calls go to
     */
    ClusterStage(ScenarioCluster cluster, String name, Scenario.Given given, StubbedCalls calls, StubServer server) {
        this.cluster = cluster;
        this.name = name;
        this.memory = Stage.inMemory().make(given, calls);
        this.calls = calls;
        this.server = server;
        this.producer = Producers.bytes(cluster.bootstrapServers());
        this.topics = TopicReader.committed(cluster.bootstrapServers());
        server.answerBy(calls);
        try {
            this.job = cluster.run(config(given));
        } catch (Exception e) {
            producer.close();
            throw new IllegalStateException(e);
        }
    }

    private RulesText config(Scenario.Given given) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Definition each : given.workflows()) {
            files.put("w" + files.size() + ".yaml", each.document().toString());
        }
        String level = given.lifecycle().name().toLowerCase(Locale.ROOT);
        String definitions = files.keySet().stream()
                .map(file -> "    - { file: %s, from: [events], to: emitted, lifecycle: %s }\n".formatted(file, level))
                .collect(Collectors.joining());
        String text = Jobs.text(name, """
                kafka: { bootstrapServers: "%1$s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 200ms }
                parallelism: 1
                channels:
                  events: { topic: %2$s.events }
                  commands: { topic: %2$s.commands, format: structured }
                  emitted: { topic: %2$s.emitted, format: structured }
                  instances: { topic: %2$s.instances, format: structured }
                  lifecycle: { topic: %2$s.lifecycle, format: structured }
                  dead: { topic: %2$s.dead }
                deadLetter: dead
                workflows:
                  commands: commands
                  instances: instances
                  lifecycle: lifecycle
                  definitions:
                """.formatted(cluster.bootstrapServers(), name) + definitions);
        return RulesText.withFiles("job.yaml", text, Map.of(), path -> Optional.ofNullable(files.get(path)));
    }

    /** What is done to both. */
    private interface Doing {
        void happen() throws Exception;
    }

    private void happen(Runnable there, Doing here) {
        try {
            synchronized (calls) {
                there.run();
            }
            here.happen();
            awaitSame();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start(Move.Start start) {
        happen(() -> memory.start(start), () -> send(COMMANDS, orders.start(start)));
    }

    @Override
    public void event(ObjectNode event, String topic) {
        happen(() -> memory.event(event, topic), () -> send(EVENTS, event));
    }

    @Override
    public void command(ObjectNode command) {
        happen(() -> memory.command(command), () -> send(COMMANDS, command));
    }

    private void send(String channel, ObjectNode event) throws Exception {
        var record = new ProducerRecord<byte[], byte[]>(topic(channel), null, JSON.writeValueAsBytes(event));
        record.headers().add("content-type", STRUCTURED);
        producer.send(record).get();
    }

    @Override
    public void deploy(Definition definition) {
        throw new UnsupportedOperationException("a job begins with all its definitions");
    }

    @Override
    public void advance(long millis) {
        throw new UnsupportedOperationException("time passes by itself");
    }

    @Override
    public void stall(long millis) {
        throw new UnsupportedOperationException("time passes by itself");
    }

    @Override
    public void run() {
        happen(memory::run, () -> {});
    }

    @Override
    public long now() {
        return memory.now();
    }

    @Override
    public Seen seen() {
        return memory.seen();
    }

    private void awaitSame() throws Exception {
        Seen seen = memory.seen();
        Seen wanted = seen.with(calls.shown().stream().map(StubServer::asked).toList());
        List<String> ids = wanted.instances().stream()
                .map(each -> each.path("id").asText())
                .toList();
        Effects expected = Effects.of(wanted).anywhere();
        List<Effects> last = new ArrayList<>(List.of(expected));
        try {
            Await.until("the cluster to show what memory shows", PATIENCE, () -> {
                last.set(0, Effects.of(found(ids)).anywhere());
                return last.get(0).equals(expected);
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "%s%nin memory:      %s%non the cluster: %s".formatted(e.getMessage(), expected, last.get(0)), e);
        }
    }

    /** Asks the instances how they are, and returns what there is to see when they have answered. */
    private Seen found(List<String> ids) throws Exception {
        List<ObjectNode> looks = orders.looks(ids);
        for (ObjectNode look : looks) {
            send(COMMANDS, look);
        }
        List<ObjectNode> replies = replies(looks);
        return new Seen(
                StageOrders.instances(looks, replies),
                said("emitted"),
                server.asked(),
                said("lifecycle").stream().map(StageOrders::told).toList(),
                StageOrders.ofOthers(replies),
                read("dead")
                        .map(letter ->
                                JsonNodeFactory.instance.objectNode().put("detail", letter.attribute("weftdetail")))
                        .toList());
    }

    /** Returns what commands were answered, once so many were that there may be an answer to each look. */
    private List<ObjectNode> replies(List<ObjectNode> looks) {
        Set<String> asked = looks.stream().map(look -> look.path("id").asText()).collect(Collectors.toSet());
        return topics
                .readUntil(
                        PATIENCE,
                        read -> requests(read.stream().map(this::event)).containsAll(asked),
                        topic(COMMANDS))
                .stream()
                .map(this::event)
                .map(EventJson::of)
                .map(event -> event.path("data"))
                .filter(data -> data.has("request"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static Set<String> requests(Stream<MeshEvent> events) {
        return events.map(EventJson::of)
                .map(event -> event.path("data").path("request").asText())
                .collect(Collectors.toSet());
    }

    private List<ObjectNode> said(String channel) {
        return read(channel).map(EventJson::of).toList();
    }

    private Stream<MeshEvent> read(String channel) {
        return topics.readToEnd(topic(channel)).stream().map(this::event);
    }

    private MeshEvent event(ConsumerRecord<byte[], byte[]> polled) {
        return (MeshEvent) reader.read(Origin.NONE, KafkaRecords.wire(polled));
    }

    private String topic(String channel) {
        return name + "." + channel;
    }

    @Override
    public void close() {
        memory.close();
        producer.close();
        try {
            cluster.cancel(job);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
