package dev.weft.job.cli;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes dead letters to where a job reads them again, some hundreds in each transaction. There is one such writer of a
 * job at a time: the next one that opens ends what is open, and the one before can write no more.
 */
final class RedriveWriter implements AutoCloseable {

    private static final String LARGEST_REQUEST = Integer.toString(64 << 20);
    private static final String PATIENCE = "request.timeout.ms";
    private static final long LARGEST_TRANSACTION = 16 << 20;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int mostTogether;
    private int partitions;
    private int open;
    private long openBytes;
    private long committed;

    private RedriveWriter(Producer<byte[], byte[]> producer, String topic, int mostTogether) {
        this.producer = producer;
        this.topic = topic;
        this.mostTogether = mostTogether;
    }

    /**
     * Opens the writer of a job. What another one had under way is ended when this returns.
     *
     * @param mostTogether the most records of one transaction
     */
    static RedriveWriter open(String job, String topic, Properties client, int mostTogether) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("acks", "all");
        settings.put("compression.type", "lz4");
        settings.put("linger.ms", "5");
        settings.put("delivery.timeout.ms", Long.toString(2 * Long.parseLong(client.getProperty(PATIENCE)) + 1000));
        settings.put("max.request.size", LARGEST_REQUEST);
        settings.put("buffer.memory", LARGEST_REQUEST);
        settings.put("transactional.id", "weft-redrive-" + job);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        RedriveWriter writer = new RedriveWriter(producer, topic, mostTogether);
        try {
            producer.initTransactions();
            writer.partitions = producer.partitionsFor(topic).size();
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** Writes a record; those of one source stay in order. */
    void write(String source, WireRecord record) {
        if (open == 0) {
            producer.beginTransaction();
        }
        ProducerRecord<byte[], byte[]> sent = KafkaRecords.toTopic(topic, record);
        int partition = Math.floorMod(source.hashCode(), partitions);
        var unused =
                producer.send(new ProducerRecord<>(topic, partition, null, sent.key(), sent.value(), sent.headers()));
        open++;
        openBytes += record.size();
        if (open == mostTogether || openBytes >= LARGEST_TRANSACTION) {
            commit();
        }
    }

    /** Makes what was written since the last time part of the topic. */
    void commit() {
        if (open > 0) {
            producer.commitTransaction();
            committed += open;
            open = 0;
            openBytes = 0;
        }
    }

    /** Returns how many records are part of the topic. */
    long committed() {
        return committed;
    }

    @Override
    public void close() {
        producer.close();
    }
}
