package dev.weft.benchmarks.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The least anyone can do: a loop that calls while fewer than so many calls are under way. Fed from memory, it makes
 * the same calls again and again, and all there is to be paid for is HTTP; fed by a consumer, it is what one would
 * write by hand. It retries nothing: with the first failure the process ends.
 */
public final class LoopContender {

    /** Says to deliver not the workload's events, but a few of them again and again. */
    static final String OF_MEMORY = "memory";

    private static final int REMEMBERED = 10_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Client client;
    private final Semaphore free = new Semaphore(DeliveryCost.CONCURRENCY);

    private LoopContender(Client client) {
        this.client = client;
    }

    /** Delivers: {@code <bootstrap> <run> <folder> <url> <events> weft|jdk memory|kafka}; then waits to be killed. */
    public static void main(String[] args) throws InterruptedException {
        URI url = URI.create(args[3]);
        LoopContender loop = new LoopContender(args[5].equals("weft") ? Client.ofWeft(url) : Client.ofJdk(url));
        if (args[6].equals(OF_MEMORY)) {
            loop.fromMemory(args[0], args[1], Long.parseLong(args[4]));
        } else {
            loop.fromKafka(args[0], args[1]);
        }
    }

    private void fromMemory(String bootstrap, String run, long events) throws InterruptedException {
        List<Client.Call> calls = new ArrayList<>();
        try (var consumer = Feed.consumer(bootstrap, run)) {
            while (calls.size() < Math.min(REMEMBERED, events)) {
                consumer.poll(POLL).forEach(record -> calls.add(client.prepare(Feed.message(record))));
            }
        }
        Consumer<Boolean> result = this::ended;
        for (long i = 0; i < events; i++) {
            free.acquire();
            calls.get((int) (i % REMEMBERED)).begin(result);
        }
        Thread.currentThread().join();
    }

    private void fromKafka(String bootstrap, String run) throws InterruptedException {
        try (var consumer = Feed.consumer(bootstrap, run)) {
            Progress progress = new Progress(System.nanoTime());
            while (!Thread.interrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    free.acquire();
                    client.prepare(Feed.message(record)).begin(isTaken -> {
                        progress.delivered(record.offset());
                        ended(isTaken);
                    });
                }
                progress.commit(consumer, System.nanoTime());
            }
        }
    }

    private void ended(boolean isTaken) {
        if (!isTaken) {
            System.err.println("a call failed");
            Runtime.getRuntime().halt(1);
        }
        free.release();
    }
}
