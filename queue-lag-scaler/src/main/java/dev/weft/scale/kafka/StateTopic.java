package dev.weft.scale.kafka;

import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.control.Memories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the scaler remembers in a compacted topic: the key is the name of a ScaledObject, the value its newest
 * memory. The topic is made, with one partition, if it is missing.
 *
 * <p>What is kept is written in the background every few seconds, and only if it differs from what was written last. A
 * cluster that does not take it is logged once and tried again; the scaler goes on, and remembers less if it ends
 * meanwhile. Safe for use by several threads.
 */
public final class StateTopic implements Memories, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateTopic.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);

    private final String topic;
    private final ClientSettings settings;
    private final Duration patience;
    private final StateLoading loading;
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private final Map<String, byte[]> written = new HashMap<>();
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("state"));
    private final AtomicLong failed = new AtomicLong();
    private @Nullable KafkaProducer<byte[], byte[]> producer; // the writer's alone
    private boolean failing; // the writer's alone

    /**
     * Makes a keeper; connects to nobody yet.
     *
     * @param client the settings of Kafka's clients, secrets resolved
     * @param topic its name
     * @param replication how many copies the topic has if it is made here; as many as the cluster likes if empty
     * @param patience how long to wait for the cluster; positive
     */
    public StateTopic(Map<String, Object> client, String topic, Optional<Short> replication, Duration patience) {
        this.topic = topic;
        this.settings = new ClientSettings(client, patience);
        this.patience = patience;
        this.loading = new StateLoading(settings, topic, replication, patience);
        long pause = BETWEEN_WRITES.toMillis();
        writer.scheduleWithFixedDelay(this::write, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns all that is kept; takes until the whole topic is read.
     *
     * @throws IOException if the cluster does not answer, or the topic is not a compacted one
     */
    @Override
    public Map<String, byte[]> load() throws IOException {
        Map<String, byte[]> loaded = loading.load();
        synchronized (waiting) {
            loaded.forEach(written::putIfAbsent);
        }
        return loaded;
    }

    @Override
    public void keep(String name, byte[] memory) {
        synchronized (waiting) {
            waiting.put(name, memory);
        }
    }

    @Override
    public long failed() {
        return failed.get();
    }

    /** Writes what is still to be written, if the cluster takes it soon. */
    @Override
    public void close() {
        writer.execute(this::write);
        writer.execute(this::disconnect);
        writer.shutdown();
        try {
            if (!writer.awaitTermination(2 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        Map<String, byte[]> batch = new LinkedHashMap<>();
        synchronized (waiting) {
            waiting.forEach((name, memory) -> {
                if (!Arrays.equals(written.get(name), memory)) {
                    batch.put(name, memory);
                }
            });
            waiting.clear();
        }
        if (batch.isEmpty()) {
            return;
        }
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try {
            KafkaProducer<byte[], byte[]> open = connect();
            AtomicBoolean refused = new AtomicBoolean();
            for (Map.Entry<String, byte[]> each : batch.entrySet()) {
                sent.put(each.getKey(), open.send(record(each.getKey(), each.getValue()), (where, failure) -> {
                    if (failure != null) {
                        refused.set(true);
                    }
                }));
                if (refused.get()) {
                    break; // each of the others would wait as long for a cluster that does not answer
                }
            }
            open.flush();
        } catch (RuntimeException e) { // one that got out would end all writing
            trouble(e);
            disconnect();
        }
        batch.forEach((name, memory) -> settle(name, memory, Optional.ofNullable(sent.get(name))));
    }

    private void settle(String name, byte[] memory, Optional<Future<RecordMetadata>> sent) {
        boolean arrived = sent.isPresent() && arrived(sent.get());
        synchronized (waiting) {
            if (arrived) {
                written.put(name, memory);
            } else {
                waiting.putIfAbsent(name, memory);
                failed.incrementAndGet();
            }
        }
    }

    private boolean arrived(Future<RecordMetadata> sent) {
        try {
            sent.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
            if (failing) {
                failing = false;
                LOG.info("Topic {} takes what is remembered again", topic);
            }
            return true;
        } catch (ExecutionException e) {
            trouble(e.getCause() == null ? e : e.getCause());
            return false;
        } catch (TimeoutException e) {
            trouble(e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void trouble(Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("Topic {} does not take what is remembered, tried again: {}", topic, Deadline.said(cause));
        }
    }

    private ProducerRecord<byte[], byte[]> record(String name, byte[] memory) {
        return new ProducerRecord<>(topic, name.getBytes(StandardCharsets.UTF_8), memory);
    }

    private KafkaProducer<byte[], byte[]> connect() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings.producer());
        }
        return producer;
    }

    private void disconnect() {
        KafkaProducer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            try {
                open.close(Duration.ofSeconds(1));
            } catch (KafkaException e) {
                // It is gone, which is all that was wanted.
            }
        }
    }
}
