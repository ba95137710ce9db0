package dev.weft.benchmarks.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import dev.weft.benchmarks.process.Crash;
import dev.weft.function.Address;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.job.flink.function.FunctionLoop;
import dev.weft.job.flink.function.FunctionSettings;
import dev.weft.job.flink.function.MessageSerializer;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The game on Weft's functions, JobManager and all, until the process is killed: {@code WeftPlay ADDRESSES SUBTASKS
 * BACKEND CHECKPOINT_MILLIS FOLDER KAFKA}. Prints a {@link Reading} each second.
 */
public final class WeftPlay {

    /** Which ball is served to whom: one record each, with the address's id as key. */
    static final String SERVES = "serves";

    /** The one field of a long, as the SDK writes it: a fixed number of eight bytes. */
    private static final byte LONG_FIELD = 9;

    private static final int KEY_GROUPS = 128;
    private static final long MEMORY_BYTES = 256 << 20;

    private WeftPlay() {}

    public static void main(String[] args) throws Exception {
        Crash.onAnyFailure();
        System.setProperty(PingPong.ADDRESSES, args[0]);
        int subtasks = Integer.parseInt(args[1]);
        EmbeddedFlink flink =
                EmbeddedFlink.start(FlinkSettings.in(Path.of(args[4])).withSlots(subtasks));
        StreamExecutionEnvironment env = flink.environment();
        env.configure(settings(args[2], Long.parseLong(args[3])));
        KafkaSource<Message> serves = KafkaSource.<Message>builder()
                .setBootstrapServers(args[5])
                .setTopics(SERVES)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Serves())
                .build();
        FunctionLoop.behind(
                        env.fromSource(serves, WatermarkStrategy.noWatermarks(), SERVES),
                        new FunctionSettings(new Players(), new NothingSaid(), MEMORY_BYTES, MEMORY_BYTES),
                        "functions",
                        "functions-loop",
                        KEY_GROUPS)
                .sinkTo(new DiscardingSink<>());
        env.executeAsync();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        while (true) {
            TimeUnit.SECONDS.sleep(1);
            System.out.println(Reading.LINE + PingPong.messages() + " " + system.getProcessCpuTime());
        }
    }

    /** What a job of the mesh asks of Flink. */
    private static Configuration settings(String backend, long checkpointMillis) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpointMillis));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        return settings;
    }

    /** Returns what starts a game: one ball for each address. */
    static Stream<ProducerRecord<byte[], byte[]>> serves(int addresses) {
        return IntStream.range(0, addresses)
                .mapToObj(i -> new ProducerRecord<>(
                        SERVES, Integer.toString(i).getBytes(UTF_8), longValue(i * PingPong.STRIDE)));
    }

    private static byte[] longValue(long value) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(LONG_FIELD)
                .putLong(value)
                .array();
    }

    private static final class Serves implements KafkaRecordDeserializationSchema<Message> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> serve, Collector<Message> out) {
            Address first = new Address(
                    new FunctionType(PingPong.NAMESPACE, "ping"), new String(requireNonNull(serve.key()), UTF_8));
            out.collect(new Message(
                    first, null, new TypedValue("io.statefun.types/long", requireNonNull(serve.value())), null));
        }

        @Override
        public TypeInformation<Message> getProducedType() {
            return MessageSerializer.TYPE;
        }
    }
}
