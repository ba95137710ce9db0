package dev.weft.benchmarks.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.flink.MeshTopology;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The game on Weft, JobManager and all, until the process is killed: {@code WeftPlay ADDRESSES SUBTASKS BACKEND
 * CHECKPOINT_MILLIS FOLDER KAFKA}. Prints a {@link Reading} each second.
 */
public final class WeftPlay {

    /** Which ball is served to whom: one record each, with the address's id as key. */
    static final String SERVES = "serves";

    /** The one field of a long, as the SDK writes it: a fixed number of eight bytes. */
    private static final byte LONG_FIELD = 9;

    private WeftPlay() {}

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace(System.err);
            Runtime.getRuntime().halt(1); // Flink's own threads would keep the process alive
        });
        System.setProperty(PingPong.ADDRESSES, args[0]);
        Path folder = Path.of(args[4]);
        EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(folder).withSlots(Integer.parseInt(args[1])));
        StreamExecutionEnvironment env = flink.environment();
        MeshTopology.assemble(env, config(folder, args[5], args[3]), Map.of());
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, args[2]);
        env.configure(settings);
        env.executeAsync();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        while (true) {
            TimeUnit.SECONDS.sleep(1);
            System.out.println(Reading.LINE + PingPong.messages() + " " + system.getProcessCpuTime());
        }
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

    private static JobConfig config(Path folder, String bootstrap, String checkpointMillis) throws Exception {
        Path module = Files.writeString(
                folder.resolve("module.yaml"), """
                kind: io.statefun.kafka.v1/ingress
                spec:
                  id: bench/serves
                  address: "%s"
                  consumerGroupId: "%s"
                  startupPosition: { type: earliest }
                  topics:
                    - topic: %s
                      valueType: io.statefun.types/long
                      targets: [bench/ping]
                """.formatted(bootstrap, folder.getFileName(), SERVES));
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: play }
                spec:
                  kafka: { bootstrapServers: "%s", startFrom: earliest }
                  checkpoint: { every: %sms }
                  channels:
                    dead: { topic: dead }
                  deadLetter: dead
                  functions:
                    - class: %s
                    - module: "%s"
                """.formatted(bootstrap, checkpointMillis, PingPong.class.getName(), module);
        return JobConfigReader.read("benchmark.yaml", text, Map.of()).orElseThrow();
    }
}
