package dev.weft.benchmarks.workflow;

import dev.weft.benchmarks.process.Jvm;
import dev.weft.testkit.kafka.Producers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Orders and their payments, some 500 bytes each. */
final class Orders {

    private static final String NOTE = "n".repeat(360);

    private final String kafka;

    private Orders(String kafka) {
        this.kafka = kafka;
    }

    /** Makes the topics. */
    static Orders on(String kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(Stream.of(WorkflowJob.IN, WorkflowJob.OUT, WorkflowJob.DEAD)
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        return new Orders(kafka);
    }

    /** Places so many orders, each paid when so many others have been placed after it. */
    void placeAndPay(int orders, int between) throws Exception {
        Producers.sendAll(
                kafka,
                LongStream.range(0, orders + between)
                        .boxed()
                        .flatMap(i -> Stream.concat(
                                i < orders ? Stream.of(order(i)) : Stream.empty(),
                                i >= between ? Stream.of(payment(i - between)) : Stream.empty()))
                        .toList());
    }

    /** Places orders that nobody pays yet. */
    void place(int from, int to) throws Exception {
        Producers.sendAll(
                kafka, LongStream.range(from, to).mapToObj(Orders::order).toList());
    }

    /** Pays so many of the orders below that number, spread over all. */
    void pay(int orders, int payments) throws Exception {
        Producers.sendAll(
                kafka,
                LongStream.range(0, payments)
                        .mapToObj(i -> payment(i * (orders / payments)))
                        .toList());
    }

    /** Pays the orders below that number, one after the other, so many in a second. */
    void payEvenly(int orders, int perSecond) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "linger.ms", "0");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long began = System.nanoTime();
            for (long i = 0; i < orders; i++) {
                long due = began + i * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                producer.send(payment(i));
            }
        }
    }

    /** Returns how many records of the topic are committed, with the marks of transactions. */
    long written(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    /** Waits until the job has committed that many records to the topic or more, and returns how many. */
    long awaitWritten(String topic, long records, Jvm job) throws Exception {
        AtomicLong written = new AtomicLong();
        job.await("it wrote to " + topic, () -> {
            written.set(written(topic));
            return written.get() >= records;
        });
        return written.get();
    }

    /** Waits until the job has read so much of the input, by its last checkpoint. */
    void awaitRead(String run, long records, Jvm job) throws Exception {
        job.await("it read all orders", () -> committed("weft-bench-" + run) >= records);
    }

    private long committed(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    private static ProducerRecord<byte[], byte[]> order(long number) {
        return event(
                "o-" + number,
                "shop.order.placed",
                "{\"id\":\"order-%d\",\"amount\":%d,\"note\":\"%s\"}".formatted(number, number % 1000, NOTE));
    }

    private static ProducerRecord<byte[], byte[]> payment(long number) {
        return event(
                "p-" + number,
                "shop.payment.received",
                "{\"order\":\"order-%d\",\"amount\":%d,\"sent\":%d}"
                        .formatted(number, number % 1000, System.currentTimeMillis()));
    }

    private static ProducerRecord<byte[], byte[]> event(String id, String type, String data) {
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", id),
                header("ce_source", "https://shop.example/bench"),
                header("ce_type", type),
                header("ce_time", "2026-01-05T09:00:00Z"),
                header("content-type", "application/json"));
        return new ProducerRecord<>(WorkflowJob.IN, null, null, bytes(id), bytes(data), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
