package dev.weft.testkit.cluster;

import dev.weft.local.BrokerMain;
import dev.weft.local.LocalTopic;
import dev.weft.local.LoopbackPort;
import dev.weft.local.TopicCreation;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Kafka broker in a process of its own that can be stopped, killed and started again on the same port and folder, so
 * clients see an outage and not another broker. Nothing survives {@link #close()} or the end of this process.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private JavaProcess process;
    private int starts;

    private BrokerProcess(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts a broker that keeps everything below {@code folder}, on a port that is free, and returns once it serves.
     */
    public static BrokerProcess start(Path folder) throws Exception {
        BrokerProcess broker = begin(folder);
        broker.awaitReady();
        return broker;
    }

    /** As {@link #start}, for a caller who has something else to start before it calls {@link #awaitReady()}. */
    public static BrokerProcess begin(Path folder) throws Exception {
        Path absolute = Files.createDirectories(folder).toAbsolutePath().normalize();
        return new BrokerProcess(absolute, LoopbackPort.claim("Kafka", LoopbackPort.ANY));
    }

    /** Returns once the broker serves; one that does not within a minute is killed. */
    public void awaitReady() throws Exception {
        try {
            Await.until("the broker to be ready", PATIENCE, this::isReady);
        } catch (Exception | AssertionError e) {
            process.kill();
            throw e;
        }
    }

    /** Returns the address clients are given; a restart does not change it. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Makes the topics that do not exist yet. */
    public void createTopics(Collection<LocalTopic> topics) {
        try (var making = new TopicCreation(bootstrapServers())) {
            making.create(topics);
        }
    }

    /** As {@link #createTopics(Collection)}, for topics of one partition and no settings. */
    public void createTopics(String... names) {
        createTopics(Stream.of(names).map(LocalTopic::named).toList());
    }

    /** Stops the broker as an operator would. */
    public void stop() throws InterruptedException {
        process.stop(PATIENCE);
    }

    /** Kills the broker with SIGKILL. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts the broker again after {@link #stop()} or {@link #kill()} and returns once it serves. */
    public void startAgain() throws Exception {
        if (process.isAlive()) {
            throw new IllegalStateException("the broker is still running");
        }
        process = launch();
        awaitReady();
    }

    @Override
    public void close() throws InterruptedException {
        process.end();
    }

    private JavaProcess launch() throws IOException {
        starts++;
        return JavaProcess.start(
                "the broker",
                ClassPath.ofJarsAnd(BrokerMain.class),
                List.of(
                        "-Xmx768m",
                        "-XX:+UseParallelGC",
                        "-Dweft.logs=" + folder,
                        "-Dlog4j2.configurationFile=classpath:weft-log4j2.xml"),
                BrokerMain.class.getName(),
                List.of("--dir", folder.resolve("data").toString(), "--port", String.valueOf(port)),
                folder.resolve("broker-" + starts + ".out"));
    }

    private boolean isReady() throws IOException {
        process.requireAlive();
        return process.printed().contains(BrokerMain.READY + bootstrapServers());
    }
}
