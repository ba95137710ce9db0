package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.workflow.host.CommandReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Gives the workflows of a job commands, and waits for the answers, which stand on the same channel. */
final class CommandDesk {

    private static final String SOURCE = "/weft/workflow";
    private static final EventReader READER = new EventReader(Long.MAX_VALUE);

    private final WorkflowMesh.Opened mesh;
    private final String topic;
    private final Map<String, Said> said = new LinkedHashMap<>();

    /** A command, and the key by which the commands of one instance stay in order. */
    private record Said(String key, ObjectNode event) {}

    CommandDesk(WorkflowMesh.Opened mesh) throws CommandFailure {
        this.mesh = mesh;
        this.topic = mesh.commands();
    }

    /**
     * Adds a command to those that are given together. Returns its id, by which it is answered.
     *
     * @param instance the id of the instance that it is about; one that has none yet gets it from the command
     */
    String add(String command, String instance, ObjectNode data) {
        String id = UUID.randomUUID().toString();
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", SOURCE)
                .put("type", CommandReader.PREFIX + command)
                .put("time", Instant.now().toString())
                .put("subject", instance)
                .put("datacontenttype", "application/json");
        event.set("data", data);
        said.put(id, new Said(instance, event));
        return id;
    }

    /**
     * Gives the commands and returns the answers by the ids of the commands. Those that were not answered in time are
     * missing.
     */
    Map<String, ObjectNode> ask() throws CommandFailure, InterruptedException {
        Map<String, ObjectNode> answers = new LinkedHashMap<>();
        try (TopicWatch watch = mesh.watch(topic)) {
            send();
            long start = System.nanoTime();
            while (answers.size() < said.size()
                    && System.nanoTime() - start < mesh.patience().toNanos()) {
                watch.poll(record -> take(record, answers));
            }
        } catch (ExecutionException | KafkaException e) {
            throw KafkaReach.failure(mesh.config().kafka().bootstrap(), e);
        }
        return answers;
    }

    private void send() throws ExecutionException, InterruptedException, CommandFailure {
        Properties sending = new Properties();
        sending.putAll(mesh.client());
        sending.put("acks", "all");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Said each : said.values()) {
                WireRecord wire = EventWriter.write(EventText.event("weft workflow", each.event()), EventFormat.BINARY);
                byte[] key = each.key().getBytes(StandardCharsets.UTF_8);
                ProducerRecord<byte[], byte[]> record =
                        KafkaRecords.toTopic(topic, new WireRecord(key, wire.headers(), wire.value()));
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<String, ObjectNode> answers) {
        if (READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record)) instanceof MeshEvent event
                && event.getType().equals(CommandReader.REPLY)
                && event.data() instanceof ObjectNode answer) {
            String request = answer.path("request").asText();
            if (said.containsKey(request)) {
                answers.put(request, answer);
            }
        }
    }

    /** Gives one command and returns its answer; one that does not come, or says that it was not done, is a failure. */
    static ObjectNode askOne(WorkflowMesh.Opened mesh, String command, String instance, ObjectNode data)
            throws CommandFailure, InterruptedException {
        CommandDesk desk = new CommandDesk(mesh);
        String id = desk.add(command, instance, data);
        ObjectNode answer = desk.ask().get(id);
        if (answer == null) {
            throw CommandFailure.failure(
                    "the job %s has not answered: does it run, with checkpoints? What it refuses is in its dead letter"
                            .formatted(mesh.config().name()));
        }
        if (!answer.path("done").asBoolean()) {
            throw CommandFailure.failure(
                    answer.path("detail").asText("the job " + mesh.config().name() + " refused"));
        }
        return answer;
    }
}
