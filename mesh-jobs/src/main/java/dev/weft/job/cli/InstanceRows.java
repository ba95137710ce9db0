package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.kafka.KafkaRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** What a job said of each instance of its workflows the last time. */
final class InstanceRows {

    private static final EventReader READER = new EventReader(Long.MAX_VALUE);

    private InstanceRows() {}

    /** Reads all rows, by the ids of their instances, in the order in which each was said first. */
    static Map<String, ObjectNode> read(WorkflowMesh.Opened mesh) throws CommandFailure {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        String topic = mesh.instances();
        try {
            int partitions = new TopicScan(mesh.client()).read(topic, record -> take(record, rows));
            if (partitions == 0) {
                throw CommandFailure.failure("there is no topic %s. Was the job %s started?"
                        .formatted(topic, mesh.config().name()));
            }
        } catch (KafkaException e) {
            throw KafkaReach.failure(mesh.config().kafka().bootstrap(), e);
        }
        return rows;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, ObjectNode> rows) {
        if (READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record)) instanceof MeshEvent event
                && event.data() instanceof ObjectNode row) {
            JsonNode id = row.path("id");
            if (id.isTextual()) {
                rows.put(id.textValue(), row);
            }
        }
    }
}
