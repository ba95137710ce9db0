package dev.weft.job.trial;

import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/**
 * Events that keep coming, at a steady rate and in the order of their numbers, whatever breaks meanwhile. How many may
 * be sent is told from outside, so that there is always more to come when something is to break.
 */
final class Traffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TICKS_PER_SECOND = 50;

    private final Shop shop;
    private final String bootstrapServers;
    private final Optional<String> transactionalId;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private int allowed;
    private int taken;
    private volatile double perTick;
    private volatile boolean closed;

    private Traffic(Shop shop, String bootstrapServers, int perSecond, Optional<String> transactionalId) {
        this.shop = shop;
        this.bootstrapServers = bootstrapServers;
        this.transactionalId = transactionalId;
        pace(perSecond);
        this.thread = new Thread(this::send, "traffic");
    }

    static Traffic start(Shop shop, String bootstrapServers, int perSecond) {
        return begun(new Traffic(shop, bootstrapServers, perSecond, Optional.empty()));
    }

    /** As above, in transactions: behind the last event of each there is a marker, which nobody can read. */
    static Traffic startTransactional(Shop shop, String bootstrapServers, int perSecond) {
        return begun(new Traffic(shop, bootstrapServers, perSecond, Optional.of("traffic-of-" + shop.name())));
    }

    private static Traffic begun(Traffic traffic) {
        traffic.thread.start();
        return traffic;
    }

    /** Goes on at another rate. */
    void pace(int perSecond) {
        perTick = (double) perSecond / TICKS_PER_SECOND;
    }

    /** Lets the traffic go on until that many events were sent in all. */
    synchronized void allow(int events) {
        allowed = events;
    }

    /** Lets the traffic go on for that many events more, and returns how many will have been sent in all then. */
    synchronized int allowMore(int events) {
        allowed = taken + events;
        return allowed;
    }

    /** Returns the number up to which events are sent next, which no call can take back. */
    private synchronized int take(int number, int due) {
        taken = Math.max(number, Math.min(allowed, number + due));
        return taken;
    }

    /** Returns how many events the broker has taken. */
    int arrived() {
        return arrived.get();
    }

    /** Returns once the broker has taken that many events. */
    void awaitArrived(int events) throws Exception {
        Await.until(events + " events to be sent", PATIENCE, () -> {
            Exception failed = failure.get();
            if (failed != null) {
                throw new AssertionError("an event could not be sent", failed);
            }
            return arrived.get() >= events;
        });
    }

    private void send() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            double due = 0;
            for (int number = 0; !closed; ) {
                due = Math.min(due + perTick, Math.max(1, perTick)); // what was not allowed is not made up for
                int end = take(number, (int) due);
                due -= end - number;
                boolean isTransaction = transactionalId.isPresent() && number < end;
                if (isTransaction) {
                    producer.beginTransaction();
                }
                for (; number < end; number++) {
                    var unused = producer.send(shop.record(number), (metadata, failed) -> {
                        failure.compareAndSet(null, failed);
                        arrived.incrementAndGet();
                    });
                }
                if (isTransaction) {
                    producer.commitTransaction();
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / TICKS_PER_SECOND);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (transactionalId.isEmpty()) {
            return Producers.bytes(bootstrapServers);
        }
        KafkaProducer<byte[], byte[]> producer = Producers.transactional(bootstrapServers, transactionalId.get());
        producer.initTransactions();
        return producer;
    }

    @Override
    public void close() {
        closed = true;
    }
}
