package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.job.Jobs;
import dev.weft.testkit.kafka.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Numbered shop events, garbage among them, and a job that routes them. Where each number must come out is arithmetic,
 * so that no filter vouches for itself.
 *
 * @param name of the job; its topics begin with it
 */
record Shop(String name) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int KEYS = 97;
    private static final int GARBAGE_EVERY = 50;
    private static final String[] TYPES = {"shop.order.placed", "shop.payment.received", "shop.parcel.sent"};

    /** A topic that is written to, and which numbers must be there. */
    record Output(String topic, IntPredicate wants) {}

    /** Returns the topic events are put into. */
    String input() {
        return name + ".in";
    }

    /** Returns every topic the job writes to. */
    List<Output> outputs() {
        return List.of(
                new Output(name + ".all", number -> !isGarbage(number)),
                new Output(name + ".orders", number -> !isGarbage(number) && isOrder(number)),
                new Output(name + ".large", number -> !isGarbage(number) && isLarge(number)),
                new Output(name + ".audit", number -> !isGarbage(number) && (isOrder(number) || isLarge(number))),
                new Output(name + ".dead", Shop::isGarbage));
    }

    /** Returns every topic there is. */
    String[] topics() {
        return Stream.concat(Stream.of(input()), outputs().stream().map(Output::topic))
                .toArray(String[]::new);
    }

    /** Returns how far the job has come with its input. */
    Offsets offsets(String bootstrapServers, int partitions) {
        return new Offsets(bootstrapServers, "weft-" + name, input(), partitions);
    }

    /** Returns what every output would say that holds each number once and in order. */
    List<Tally> perfect(int sent) {
        return outputs().stream().map(output -> Tally.perfect(output, sent)).toList();
    }

    /**
     * Returns once every output holds as many committed records as it should: all input is read then, and a checkpoint
     * knows. Committed offsets say the same, but of a topic where nothing comes only some ten seconds later: Flink's
     * source commits between two polls.
     */
    void awaitWritten(int sent, String bootstrapServers) {
        TopicReader reader = TopicReader.committed(bootstrapServers);
        for (Output output : outputs()) {
            reader.readAtLeast(Tally.perfect(output, sent).expected(), PATIENCE, output.topic());
        }
    }

    /** Returns once that many events have come out, wherever else they went. */
    void awaitOut(int events, String bootstrapServers) {
        TopicReader.committed(bootstrapServers).readAtLeast(events, PATIENCE, name + ".all", name + ".dead");
    }

    /** Returns what every output says once it holds as many committed records as it should. */
    List<Tally> tallies(int sent, String bootstrapServers) {
        awaitWritten(sent, bootstrapServers);
        TopicReader reader = TopicReader.committed(bootstrapServers);
        List<Tally> tallies = new ArrayList<>();
        for (Output output : outputs()) {
            tallies.add(Tally.of(output, sent, reader.readToEnd(output.topic())));
        }
        return tallies;
    }

    /** Returns the job config: an event goes to one, two, three or four of the outputs. */
    String config(String bootstrapServers) {
        return Jobs.text(name, """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: %2$s.in }
                  all: { topic: %2$s.all }
                  orders: { topic: %2$s.orders }
                  large: { topic: %2$s.large }
                  audit: { topic: %2$s.audit }
                  dead: { topic: %2$s.dead }
                deadLetter: dead
                routes:
                  - { name: everything, from: [in], to: [all] }
                  - { name: orders, from: [in], where: { type: [{ prefix: shop.order. }] }, to: [orders, audit] }
                  - name: large
                    from: [in]
                    where: { region: [eu], data: { amount: [{ numeric: [">=", 500] }] } }
                    to: [large, audit]
                """.formatted(bootstrapServers, name));
    }

    /** Returns the record of that number. Numbers of one key go up in steps. */
    ProducerRecord<byte[], byte[]> record(int number) {
        byte[] key = ("k" + number % KEYS).getBytes(UTF_8);
        if (isGarbage(number)) {
            return new ProducerRecord<>(input(), key, ("garbage " + number).getBytes(UTF_8));
        }
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", Integer.toString(number)),
                header("ce_source", "https://shop.example/checkout"),
                header("ce_type", TYPES[number % TYPES.length]),
                header("ce_region", number % 2 == 0 ? "eu" : "us"),
                header("content-type", "application/json"));
        byte[] payload = "{\"order\":\"o-%d\",\"amount\":%d,\"note\":\"%s\"}"
                .formatted(number, amount(number), "as it was ordered ".repeat(10))
                .getBytes(UTF_8);
        return new ProducerRecord<>(input(), null, null, key, payload, headers);
    }

    /** Returns the number of what was written. */
    static int number(ConsumerRecord<byte[], byte[]> written) {
        String value = new String(written.value(), UTF_8);
        return Integer.parseInt(
                value.startsWith("garbage ")
                        ? value.substring("garbage ".length())
                        : new String(written.headers().lastHeader("ce_id").value(), UTF_8));
    }

    private static boolean isGarbage(int number) {
        return number % GARBAGE_EVERY == GARBAGE_EVERY - 1;
    }

    private static boolean isOrder(int number) {
        return number % TYPES.length == 0;
    }

    private static boolean isLarge(int number) {
        return number % 2 == 0 && amount(number) >= 500;
    }

    private static int amount(int number) {
        return number % 1009; // prime, so that the amount says nothing of the type, region or key
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
