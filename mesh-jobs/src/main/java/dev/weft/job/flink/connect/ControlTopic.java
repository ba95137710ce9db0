package dev.weft.job.flink.connect;

import dev.weft.event.EventReader;
import dev.weft.event.Received;
import dev.weft.event.kafka.KafkaRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Opens feeds of a topic's first partition, in which all proposals stand: only there have they an order.
 *
 * @param consumer settings of the Kafka client, secrets resolved
 */
record ControlTopic(String topic, Properties consumer) implements ControlFeed.Opening {

    /** Far more than the longest config, which is 1 MiB, however its characters are written. */
    private static final long LARGEST = 16 << 20;

    private static final Duration A_WHILE = Duration.ofSeconds(1);

    @Override
    public ControlFeed open(long from) {
        KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition first = new TopicPartition(topic, 0);
        opened.assign(List.of(first));
        opened.seek(first, from);
        return new Feed(opened, first, from);
    }

    private static final class Feed implements ControlFeed {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final TopicPartition partition;
        private final EventReader reader = new EventReader(LARGEST);
        private long position;

        Feed(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long position) {
            this.consumer = consumer;
            this.partition = partition;
            this.position = position;
        }

        @Override
        public List<Received> poll() throws InterruptedException {
            try {
                List<Received> read = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(A_WHILE).records(partition)) {
                    read.add(reader.read(KafkaRecords.origin(record), KafkaRecords.wire(record)));
                    position = record.offset() + 1;
                }
                return read;
            } catch (InterruptException e) {
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
        }

        @Override
        public long position() {
            return position;
        }

        /** Whoever closes this was interrupted, as a rule; Kafka would not close its connections then. */
        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            consumer.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
