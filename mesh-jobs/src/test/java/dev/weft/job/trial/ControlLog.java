package dev.weft.job.trial;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.rules.ControlEvent;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on a control topic. */
record ControlLog(String bootstrapServers, String topic) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Returns how the job was last started, once it has said so. */
    ControlEvent.Started awaitStarted() {
        return await(said -> said.stream().anyMatch(ControlEvent.Started.class::isInstance)).stream()
                .filter(ControlEvent.Started.class::isInstance)
                .map(ControlEvent.Started.class::cast)
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    /** Returns what was said once that many subtasks have said that they decide by that version. */
    List<ControlEvent> awaitApplied(int version, int subtasks) {
        return await(said -> {
            Set<Integer> applied = new HashSet<>();
            for (ControlEvent event : said) {
                if (event instanceof ControlEvent.Applied by && by.version() == version) {
                    applied.add(by.subtask());
                }
            }
            return applied.size() == subtasks;
        });
    }

    /** Returns what was said once {@code enough} accepts it. */
    List<ControlEvent> await(Enough enough) {
        List<ConsumerRecord<byte[], byte[]>> records = TopicReader.committed(bootstrapServers)
                .readUntil(PATIENCE, read -> enough.accepts(events(read).toList()), topic);
        return events(records).toList();
    }

    /** Puts an event there. */
    void say(ControlEvent event) throws Exception {
        Producers.sendAll(bootstrapServers, List.of(KafkaRecords.toTopic(topic, event.toRecord())));
    }

    interface Enough {
        boolean accepts(List<ControlEvent> said);
    }

    private static Stream<ControlEvent> events(Collection<ConsumerRecord<byte[], byte[]>> records) {
        EventReader reader = new EventReader(Integer.MAX_VALUE);
        return records.stream()
                .map(record -> reader.read(KafkaRecords.origin(record), KafkaRecords.wire(record)))
                .map(read ->
                        read instanceof MeshEvent event ? ControlEvent.from(event) : Optional.<ControlEvent>empty())
                .flatMap(Optional::stream);
    }
}
