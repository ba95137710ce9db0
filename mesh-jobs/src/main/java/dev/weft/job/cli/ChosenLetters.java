package dev.weft.job.cli;

import dev.weft.event.BuriedEvent;
import dev.weft.event.DeadLetter;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The dead letters that are to be sent again, in the order in which their events were first read. In memory is only
 * where they are. Several that say the same, of one event for one target, are one.
 */
final class ChosenLetters {

    private static final EventReader READER = new EventReader(Long.MAX_VALUE);

    private final LetterChoice choice;
    private final SentLetters sent;
    private final boolean again;
    private final Spill spill;
    private final List<Letter> letters = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();
    private final Map<String, Integer> topicNumbers = new HashMap<>();
    private final Map<String, Integer> targetNumbers = new HashMap<>();
    private final SortedMap<String, Long> unsendable = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    private long sentBefore;

    /** Where a dead letter is, where its event was read, and where it is kept; numbers, as there may be a million. */
    private record Letter(
            int topic,
            int partition,
            long offset,
            int target,
            int deadPartition,
            long deadOffset,
            long place,
            int size) {

        boolean isOfTheSameAs(Letter other) {
            return topic == other.topic
                    && partition == other.partition
                    && offset == other.offset
                    && target == other.target;
        }
    }

    /** Takes one after the other. */
    interface Taker {
        /**
         * Takes what is to be written.
         *
         * @param source topic and partition the event was read from: records of one source stay in order
         */
        void take(String source, WireRecord record) throws IOException, CommandFailure;
    }

    /**
     * Makes an empty collection.
     *
     * @param again whether those that were sent before are chosen too
     */
    ChosenLetters(LetterChoice choice, SentLetters sent, boolean again, Spill spill) {
        this.choice = choice;
        this.sent = sent;
        this.again = again;
        this.spill = spill;
    }

    /** Takes a record of the dead letter channel. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        Received received = READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record));
        if (!(received instanceof MeshEvent letter)) {
            unsendable.merge("not a dead letter", 1L, Long::sum);
            return;
        }
        BuriedEvent buried = BuriedEvent.in(letter);
        if (buried == null) {
            String reason = letter.attribute("weftreason");
            unsendable.merge(reason == null ? "not a dead letter" : reason, 1L, Long::sum);
        } else if (choice.includes(buried, record.timestamp())) {
            take(record, letter, buried);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, MeshEvent letter, BuriedEvent buried) {
        if (buried.reason().equals(Reason.TOO_MANY_HOPS.code())) {
            unsendable.merge(buried.reason(), 1L, Long::sum);
        } else if (!again && sent.contains(record.partition(), record.offset())) {
            sentBefore++;
        } else {
            String target = buried.target() == null ? "" : buried.target();
            counts.computeIfAbsent(target, unused -> new TreeMap<>()).merge(buried.reason(), 1L, Long::sum);
            keep(record, letter, buried, target);
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> record, MeshEvent letter, BuriedEvent buried, String target) {
        try {
            long place = spill.put(letter.wire());
            letters.add(new Letter(
                    topicNumber(buried.event().origin().topic()),
                    buried.event().origin().partition(),
                    buried.event().origin().offset(),
                    targetNumbers.computeIfAbsent(target, unused -> targetNumbers.size()),
                    record.partition(),
                    record.offset(),
                    place,
                    Math.toIntExact(spill.size() - place)));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for temporary files does not take the dead letters", e);
        }
    }

    private int topicNumber(String topic) {
        return topicNumbers.computeIfAbsent(topic, name -> {
            topics.add(name);
            return topics.size() - 1;
        });
    }

    /**
     * Hands out the first {@code most} in order.
     *
     * @param deadTopic the topic of the dead letter channel
     * @return how many were handed out
     */
    long forEach(String deadTopic, long most, Taker taker) throws IOException, CommandFailure {
        letters.sort(Comparator.comparing((Letter letter) -> topics.get(letter.topic))
                .thenComparingInt(Letter::partition)
                .thenComparingLong(Letter::offset)
                .thenComparingInt(Letter::target)
                .thenComparingInt(Letter::deadPartition)
                .thenComparingLong(Letter::deadOffset));
        long taken = 0;
        for (int i = 0; i < letters.size() && taken < most; taken++) {
            Letter first = letters.get(i);
            StringBuilder places = new StringBuilder();
            while (i < letters.size() && letters.get(i).isOfTheSameAs(first)) {
                Letter same = letters.get(i++);
                places.append(places.length() == 0 ? "" : " ")
                        .append(deadTopic + "/" + same.deadPartition + "/" + same.deadOffset);
            }
            String source = topics.get(first.topic) + "/" + first.partition;
            taker.take(source, marked(spill.take(first.place, first.size), places.toString()));
        }
        return taken;
    }

    private static WireRecord marked(WireRecord letter, String places) {
        WireHeaders headers = letter.headers().toBuilder()
                .set(DeadLetter.SENT_AGAIN, places.getBytes(StandardCharsets.UTF_8))
                .build();
        return new WireRecord(letter.key(), headers, letter.value());
    }

    /** Returns how many dead letters were chosen, by target, which is empty for none, and reason. */
    SortedMap<String, SortedMap<String, Long>> counts() {
        return counts;
    }

    /** Returns how many dead letters were chosen. */
    int size() {
        return letters.size();
    }

    /** Returns how many would have been chosen, but were sent before. */
    long sentBefore() {
        return sentBefore;
    }

    /** Returns how many records no route can take, of all there are, by their reason. */
    SortedMap<String, Long> unsendable() {
        return unsendable;
    }
}
