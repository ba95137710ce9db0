package dev.weft.benchmarks.routing;

import dev.weft.event.Origin;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The same work for everyone: shop events of about 1 KB in binary mode, each wanted by exactly one of ten routes, which
 * ask for the type, the region and, in the payload, for the amount.
 */
public final class Workload {

    /** The topic that {@link #publish} fills. */
    public static final String INPUT = "bench.in";

    /** Where an engine that does not say where a record came from is taken to have read it. */
    static final Origin ORIGIN = new Origin(INPUT, 0, 0, 0);

    private static final List<String> OUTPUTS = List.of("bench.out.0", "bench.out.1", "bench.out.2", "bench.out.3");
    private static final String[] TYPES = {
        "shop.order.placed", "shop.order.cancelled", "shop.payment.received", "shop.payment.refused", "shop.parcel.sent"
    };
    private static final String[] REGIONS = {"eu", "us"};
    private static final long SEED = 20_261_121;

    private Workload() {}

    /** Settings every contender's producer has, so that the broker is asked for the same work. */
    static Properties producer(String bootstrap) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10));
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        return properties;
    }

    /** Returns every topic a contender may write to. */
    static List<String> outputs() {
        List<String> topics = new ArrayList<>(OUTPUTS);
        topics.add("bench.dead");
        return topics;
    }

    /** Returns the job that Weft runs, and whose routes Kafka Streams applies. */
    static JobConfig job(String bootstrap, String name, String guarantee) {
        return job(bootstrap, name, guarantee, 0);
    }

    /** Returns the same job with more routes, none of which wants an event. */
    static JobConfig job(String bootstrap, String name, String guarantee, int more) {
        return job(bootstrap, name, guarantee, more, "");
    }

    /** Returns the same job whose input is a channel with more settings. */
    static JobConfig job(String bootstrap, String name, String guarantee, int more, String settings) {
        StringBuilder routes = new StringBuilder();
        for (int type = 0; type < TYPES.length; type++) {
            for (int region = 0; region < REGIONS.length; region++) {
                routes.append(
                        """
                            - name: route-%d-%d
                              from: [in]
                              where: { type: [%s], region: [%s], data: { amount: [{ numeric: [">=", 0] }] } }
                              to: [out-%d]
                        """.formatted(type, region, TYPES[type], REGIONS[region], (type + region) % OUTPUTS.size()));
            }
        }
        for (int i = 0; i < more; i++) {
            routes.append("    - {name: o%d, from: [in], where: %s, to: [out-%d]}%n"
                    .formatted(i, unwanted(i), i % OUTPUTS.size()));
        }
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: %s }
                spec:
                  kafka: { bootstrapServers: "%s", startFrom: earliest }
                  guarantee: %s
                  checkpoint: { every: 10s }
                  parallelism: 1
                  channels:
                    in: { topic: %s%s }
                    out-0: { topic: bench.out.0 }
                    out-1: { topic: bench.out.1 }
                    out-2: { topic: bench.out.2 }
                    out-3: { topic: bench.out.3 }
                    dead: { topic: bench.dead }
                  deadLetter: dead
                  routes:
                %s""".formatted(
                        name,
                        bootstrap,
                        guarantee,
                        INPUT,
                        settings.isEmpty() ? "" : ", " + settings,
                        routes.toString().indent(2));
        return JobConfigReader.read("benchmark.yaml", text, Map.of()).orElseThrow();
    }

    /** Half are of types that no event has; the others come close: only the subject or the payload refuses. */
    private static String unwanted(int number) {
        String type = TYPES[number % TYPES.length];
        return switch (number % 4) {
            case 0, 1 -> "{type: [area%d.verb%d], region: [eu]}".formatted(number / 20, number % 20);
            case 2 -> "{type: [%s], subject: [{suffix: x%d}]}".formatted(type, number);
            default -> "{type: [%s], data: {customer: {id: [x-%d]}}}".formatted(type, number);
        };
    }

    /** Puts small events into the input topic, which no route wants; their ids differ from those of all others. */
    static void publishKnown(String bootstrap, long events) {
        SplittableRandom random = new SplittableRandom(SEED);
        Properties properties = producer(bootstrap);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < events; i++) {
                List<Header> headers = List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_id", "k-" + i),
                        header("ce_source", "https://shop.example/checkout"),
                        header("ce_type", "shop.known"));
                byte[] key = bytes("o-" + random.nextInt(1_000_000));
                producer.send(new ProducerRecord<>(INPUT, null, null, key, bytes("{}"), headers));
            }
        }
    }

    /** Fills the input topic. Ids are {@code e-} and a number from 0. */
    public static void publish(String bootstrap, long events) {
        SplittableRandom random = new SplittableRandom(SEED);
        Properties properties = producer(bootstrap);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < events; i++) {
                producer.send(event(i, random));
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> event(long number, SplittableRandom random) {
        String order = "o-" + random.nextInt(1_000_000);
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", "e-" + number),
                header("ce_source", "https://shop.example/checkout"),
                header("ce_type", TYPES[random.nextInt(TYPES.length)]),
                header("ce_subject", order),
                header("ce_time", "2026-01-05T09:00:00.%03dZ".formatted(number % 1000)),
                header("ce_region", REGIONS[random.nextInt(REGIONS.length)]),
                header("content-type", "application/json"));
        return new ProducerRecord<>(INPUT, null, null, bytes(order), bytes(payload(order, random)), headers);
    }

    private static String payload(String order, SplittableRandom random) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"%016x\",\"quantity\":%d,\"price\":%d.%02d,\"gift\":%b}"
                            .formatted(
                                    random.nextLong(),
                                    random.nextInt(1, 9),
                                    random.nextInt(500),
                                    random.nextInt(100),
                                    random.nextBoolean()));
        }
        return ("{\"orderId\":\"%s\",\"customer\":{\"id\":\"c-%d\",\"email\":\"%016x@example.org\",\"vip\":%b},"
                        + "\"amount\":%d.%02d,\"currency\":\"EUR\",\"items\":[%s],\"note\":\"%016x %016x\"}")
                .formatted(
                        order,
                        random.nextInt(100_000),
                        random.nextLong(),
                        random.nextBoolean(),
                        random.nextInt(5000),
                        random.nextInt(100),
                        items,
                        random.nextLong(),
                        random.nextLong());
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
