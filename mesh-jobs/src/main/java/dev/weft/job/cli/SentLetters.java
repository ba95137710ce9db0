package dev.weft.job.cli;

import dev.weft.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Which dead letters of one topic were sent again, as the records by which they were say. */
final class SentLetters {

    /** So many offsets are kept together. */
    private static final int CHUNK = 1 << 16;

    private final String topic;
    private final Map<Integer, Map<Long, BitSet>> offsets = new HashMap<>();

    SentLetters(String topic) {
        this.topic = topic;
    }

    /** Takes a record by which dead letters were sent again; any other says nothing. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(DeadLetter.SENT_AGAIN);
        byte[] value = header == null ? null : header.value();
        if (value != null) {
            for (String place : new String(value, StandardCharsets.UTF_8).split(" ", 0)) {
                add(place);
            }
        }
    }

    /** Takes {@code topic/partition/offset}; a topic's name has no slash. */
    private void add(String place) {
        String[] parts = place.split("/", -1);
        if (parts.length == 3
                && parts[0].equals(topic)
                && parts[1].matches("\\d{1,9}")
                && parts[2].matches("\\d{1,18}")) {
            long offset = Long.parseLong(parts[2]);
            offsets.computeIfAbsent(Integer.parseInt(parts[1]), unused -> new HashMap<>())
                    .computeIfAbsent(offset / CHUNK, unused -> new BitSet())
                    .set((int) (offset % CHUNK));
        }
    }

    boolean contains(int partition, long offset) {
        BitSet chunk = offsets.getOrDefault(partition, Map.of()).get(offset / CHUNK);
        return chunk != null && chunk.get((int) (offset % CHUNK));
    }
}
