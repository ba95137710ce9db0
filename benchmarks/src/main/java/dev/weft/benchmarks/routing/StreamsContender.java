package dev.weft.benchmarks.routing;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.route.chain.Question;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka Streams doing the same filter and route, exactly once: the very rules of the routing job, in its own engine.
 */
public final class StreamsContender {

    private StreamsContender() {}

    /** Routes until the process is killed: {@code <bootstrap> <run> <state dir>}. */
    public static void main(String[] args) {
        JobConfig job = Workload.job(args[0], "streams", "exactly-once");
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Workload.INPUT, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(() -> new Router(job))
                .to(
                        (key, value, context) -> text(context.headers().lastHeader(Router.TOPIC)),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        KafkaStreams streams = new KafkaStreams(builder.build(), settings(args));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private static Properties settings(String[] args) {
        Properties settings = new Properties();
        settings.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "streams-" + args[1]);
        settings.setProperty(StreamsConfig.STATE_DIR_CONFIG, Path.of(args[2]).toString());
        settings.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.setProperty(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "10000");
        settings.setProperty(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        settings.setProperty(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
        settings.setProperty(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                Integer.toString(4 << 20));
        settings.setProperty(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        Properties producer = Workload.producer(args[0]);
        producer.stringPropertyNames()
                .forEach(key -> settings.setProperty(
                        key.equals("bootstrap.servers") ? key : StreamsConfig.producerPrefix(key),
                        producer.getProperty(key)));
        // A commit of ten seconds holds its transaction open for as long.
        settings.setProperty(StreamsConfig.producerPrefix("transaction.timeout.ms"), "60000");
        return settings;
    }

    private static String text(Header header) {
        return new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Hands a record on once for each channel, with the topic in a header that the sink's extractor reads. */
    private static final class Router extends ContextualProcessor<byte[], byte[], byte[], byte[]>
            implements Dispatcher.Outlet {

        static final String TOPIC = "bench-topic";

        private final EventReader reader = new EventReader(1_000_000);
        private final Dispatcher dispatcher;
        private final byte[][] topics;
        private Record<byte[], byte[]> current = new Record<>(new byte[0], new byte[0], 0);

        Router(JobConfig job) {
            this.dispatcher = new Dispatcher(job.routing(), this);
            this.topics = job.channels().stream()
                    .map(channel -> channel.topic().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            current = record;
            Header[] all = record.headers().toArray();
            String[] names = new String[all.length];
            byte[][] values = new byte[all.length][];
            for (int i = 0; i < all.length; i++) {
                names[i] = all[i].key();
                values[i] = all[i].value();
            }
            WireRecord wire = new WireRecord(record.key(), new WireHeaders(names, values), record.value());
            dispatcher.dispatch(reader.read(Workload.ORIGIN, wire));
        }

        @Override
        public void deliver(int channel, WireRecord record) {
            current.headers().add(TOPIC, topics[channel]);
            context().forward(current);
        }

        @Override
        public void push(int route, String target, MeshEvent event, MeshEvent read) {
            throw new IllegalStateException("the workload has no targets");
        }

        @Override
        public void deadLetter(Reason reason, WireRecord record) {
            throw new IllegalStateException("the workload has no bad records: " + reason);
        }

        @Override
        public void ask(int route, int step, Question question, MeshEvent event, MeshEvent read) {
            throw new IllegalStateException("the workload has no steps");
        }

        @Override
        public void stepPassed(int route, int step) {}

        @Override
        public void stepDropped(int route, int step) {}

        @Override
        public void received() {}

        @Override
        public void matched(int route) {}

        @Override
        public void expressionFailed(int route) {
            // No rule of this benchmark has an expression.
        }

        @Override
        public void unmatched() {
            throw new IllegalStateException("the workload has no event that nobody wants");
        }
    }
}
