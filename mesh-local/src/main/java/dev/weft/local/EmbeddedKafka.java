package dev.weft.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this process: one KRaft node on the loopback address that keeps its topics in a folder. Starting
 * again on the same folder, after a clean stop or a crash, finds every topic, record and committed offset as they were.
 *
 * <p>Transactions, consumer groups and records up to 32 MB work as on any cluster; replication does not exist. Topics
 * are never made by accident: {@link #createTopics} makes them.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int ATTEMPTS_FOR_A_FREE_PORT = 5;

    static {
        // Kafka ends the whole process when it cannot write its logs; without this it would do so without a word.
        Exit.setHaltProcedure((status, message) -> {
            System.err.println("The embedded Kafka cannot go on" + (message == null ? "" : ": " + message)
                    + ". Is the disk full? The log has details.");
            Runtime.getRuntime().halt(status);
        });
    }

    private final KafkaRaftServer server;
    private final Path directory;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, Path directory, int port) {
        this.server = server;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a broker that keeps its data in {@code directory} and serves clients when this returns.
     *
     * @param port where clients connect, or {@link LoopbackPort#ANY}
     * @throws StartFailure if the port is taken, another broker uses the folder, or it cannot be written to
     */
    public static EmbeddedKafka start(Path directory, int port) throws StartFailure {
        return start(directory, port, false);
    }

    /**
     * As {@link #start(Path, int)}.
     *
     * @param makesTopics whether a topic comes to be when somebody first writes to it
     */
    public static EmbeddedKafka start(Path directory, int port, boolean makesTopics) throws StartFailure {
        Path folder = directory.toAbsolutePath().normalize();
        int attempts = port == LoopbackPort.ANY ? ATTEMPTS_FOR_A_FREE_PORT : 1;
        while (true) {
            int client = LoopbackPort.claim("Kafka", port);
            int controller = LoopbackPort.claim("Kafka's controller", LoopbackPort.ANY);
            try {
                prepare(folder);
                return new EmbeddedKafka(
                        serve(BrokerSettings.of(folder, client, controller, makesTopics)), folder, client);
            } catch (IOException e) {
                throw StartFailure.notWritable(folder, e);
            } catch (KafkaException lostTheRaceForAPort) {
                attempts--;
                if (attempts == 0) {
                    throw StartFailure.of("Kafka", lostTheRaceForAPort);
                }
            }
        }
    }

    /** Returns the address clients are given: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Returns the port clients connect to. */
    public int port() {
        return port;
    }

    /** Returns the folder that holds the topics. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes the topics that do not exist yet and returns once all of them can be written to and read. A topic that
     * exists stays as it is.
     */
    public void createTopics(Collection<LocalTopic> topics) {
        try (var making = new TopicCreation(bootstrapServers())) {
            making.create(topics);
        }
    }

    /** As {@link #createTopics(Collection)}, for topics of one partition and no settings. */
    public void createTopics(String... names) {
        createTopics(List.of(names).stream().map(LocalTopic::named).toList());
    }

    /** Stops the broker; its folder can be used again when this returns. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static KafkaRaftServer serve(Map<String, String> settings) {
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static void prepare(Path folder) throws IOException, StartFailure {
        Files.createDirectories(folder);
        // Kafka takes this very lock itself; asking first turns its stack trace into a sentence.
        WorkFolder.lock(folder.resolve(".lock"), folder).close();
        if (Files.notExists(folder.resolve("meta.properties"))) {
            format(folder);
        }
    }

    private static void format(Path folder) throws IOException {
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var formatter = new Formatter()
                .setPrintStream(silence)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(Optional.of(folder.toString()))
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.latestProduction());
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot format " + folder + " for Kafka", e);
        }
    }
}
