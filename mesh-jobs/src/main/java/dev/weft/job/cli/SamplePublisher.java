package dev.weft.job.cli;

import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes sample events at a steady rate until it is closed. */
final class SamplePublisher implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);

    private final JobConfig mesh;
    private final SampleEvents samples;
    private final int perSecond;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "weft-sample-events");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong acknowledged = new AtomicLong();
    private final long start = System.nanoTime();
    private long sent;

    private SamplePublisher(JobConfig mesh, Properties client, SampleEvents samples, int perSecond) {
        this.mesh = mesh;
        this.samples = samples;
        this.perSecond = perSecond;
        this.producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static SamplePublisher start(JobConfig mesh, Properties client, SampleEvents samples, int perSecond) {
        SamplePublisher publisher = new SamplePublisher(mesh, client, samples, perSecond);
        publisher.timer.scheduleAtFixedRate(publisher::sendWhatIsDue, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        return publisher;
    }

    private void sendWhatIsDue() {
        long due = (long) ((System.nanoTime() - start) / 1e9 * perSecond);
        for (; sent < due; sent++) {
            SampleEvents.Sample sample = samples.next(Instant.now());
            String topic = mesh.channel(sample.channel()).topic();
            producer.send(KafkaRecords.toTopic(topic, sample.record()), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
            });
        }
    }

    /** Stops publishing, and returns how many records Kafka has. */
    long finish() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            timer.shutdownNow();
        }
        producer.flush();
        return acknowledged.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }
}
