package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * The metrics of a vertex this package asks for, by the ids the vertex lists them under. They depend on names of
 * operators, of targets and of what was assigned to a subtask.
 *
 * @param offsets by topic as ids write it, and partition: {@code <operator>.KafkaSourceReader.topic.<t>.partition.<p>
 *     .currentOffset}
 * @param producerWaits share of time a producer of a Kafka sink waits for room in its buffer, 0 to 1
 * @param windows how many calls a delivery of Weft may have under way to a target
 */
record MetricNames(Map<TopicPartition, String> offsets, List<String> producerWaits, List<String> windows) {

    private static final Pattern OFFSET =
            Pattern.compile(".+\\.KafkaSourceReader\\.topic\\.(.+)\\.partition\\.(\\d+)\\.currentOffset");
    private static final String PRODUCER_WAIT = ".KafkaProducer.bufferpool-wait-ratio";
    private static final String TARGET = ".weft.target.";
    private static final String WINDOW = ".window";

    static MetricNames of(JsonNode listed) {
        Map<TopicPartition, String> offsets = new LinkedHashMap<>();
        List<String> waits = new ArrayList<>();
        List<String> windows = new ArrayList<>();
        for (JsonNode metric : listed) {
            String id = metric.path("id").asText();
            Matcher offset = OFFSET.matcher(id);
            if (offset.matches()) {
                offsets.put(new TopicPartition(offset.group(1), Integer.parseInt(offset.group(2))), id);
            } else if (id.endsWith(PRODUCER_WAIT)) {
                waits.add(id);
            } else if (id.contains(TARGET) && id.endsWith(WINDOW)) {
                windows.add(id);
            }
        }
        return new MetricNames(offsets, waits, windows);
    }

    /** Returns the id of each partition of the topics. Two topics that ids write alike, a Kafka cluster cannot have. */
    Map<TopicPartition, String> offsetsOf(Set<String> topics) {
        Map<TopicPartition, String> some = new LinkedHashMap<>();
        for (String topic : topics) {
            String written = written(topic);
            offsets.forEach((partition, id) -> {
                if (partition.topic().equals(written)) {
                    some.put(new TopicPartition(topic, partition.partition()), id);
                }
            });
        }
        return some;
    }

    /** Returns the topic as ids of metrics write it: Flink replaces what separates their parts. */
    static String written(String topic) {
        return topic.replace('.', '_');
    }

    /** Returns the id of how many calls are under way beside that of how many may be. */
    static String inFlight(String window) {
        return window.substring(0, window.length() - WINDOW.length()) + ".inFlight";
    }
}
