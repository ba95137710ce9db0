package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.kafka.KafkaRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
            int partitions = new TopicScan(mesh.client())
                    .read(topic, record -> row(record).ifPresent(row -> rows.put(id(row), row)));
            if (partitions == 0) {
                throw mesh.noTopic(topic);
            }
        } catch (KafkaException e) {
            throw KafkaReach.failure(mesh.config().kafka().bootstrap(), e);
        }
        return rows;
    }

    /** Returns the row that a record is; nothing where it is none. */
    static Optional<ObjectNode> row(ConsumerRecord<byte[], byte[]> record) {
        return READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record)) instanceof MeshEvent event
                        && event.data() instanceof ObjectNode row
                        && row.path("id").isTextual()
                ? Optional.of(row)
                : Optional.empty();
    }

    /** Returns the id of the instance that a row is about. */
    static String id(ObjectNode row) {
        return row.path("id").asText();
    }
}
