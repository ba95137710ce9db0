package dev.weft.event.kafka;

import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Kafka's records as ours and ours as Kafka's, byte for byte. */
public final class KafkaRecords {

    private KafkaRecords() {}

    /** Returns where the record was read. */
    public static Origin origin(ConsumerRecord<?, ?> record) {
        return new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    }

    /** Returns the record's key, headers and value. */
    public static WireRecord wire(ConsumerRecord<byte[], byte[]> record) {
        return new WireRecord(record.key(), headers(record.headers()), record.value());
    }

    private static WireHeaders headers(Headers headers) {
        Header[] all = headers.toArray();
        if (all.length == 0) {
            return WireHeaders.NONE;
        }
        String[] names = new String[all.length];
        byte[][] values = new byte[all.length][];
        for (int i = 0; i < all.length; i++) {
            names[i] = all[i].key();
            values[i] = all[i].value();
        }
        return new WireHeaders(names, values);
    }

    /**
     * Returns the record to be written to {@code topic}: its partition is the producer's choice by the key, its
     * timestamp the time of writing.
     */
    public static ProducerRecord<byte[], byte[]> toTopic(String topic, WireRecord wire) {
        Header[] headers = new Header[wire.headers().size()];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new RecordHeader(wire.headers().name(i), wire.headers().value(i));
        }
        return new ProducerRecord<>(topic, null, null, wire.key(), wire.value(), new RecordHeaders(headers));
    }
}
