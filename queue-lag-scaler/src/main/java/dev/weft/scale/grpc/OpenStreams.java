package dev.weft.scale.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The streams that are open. Each ends cleanly at an age of about {@code oldest}, spread by a tenth so that they do not
 * all come again at once, and all of them do when the server ends.
 */
final class OpenStreams {

    private static final int MOST = 20_000;

    private final Set<PushStream<?>> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timers;
    private final Duration oldest;
    private volatile boolean closed;

    OpenStreams(ScheduledExecutorService timers, Duration oldest) {
        this.timers = timers;
        this.oldest = oldest;
    }

    /** Opens a stream to a client; it is ended at once if there are too many or the server ends. */
    <T> PushStream<T> open(StreamObserver<T> observer) {
        ServerCallStreamObserver<T> client = (ServerCallStreamObserver<T>) observer;
        PushStream<T> stream = new PushStream<>(client);
        double spread = 1 - ThreadLocalRandom.current().nextDouble() / 10;
        Future<?> aging = timers.schedule(stream::complete, (long) (oldest.toMillis() * spread), TimeUnit.MILLISECONDS);
        Runnable gone = () -> {
            open.remove(stream);
            aging.cancel(false);
            stream.forget();
        };
        client.setOnCancelHandler(gone);
        client.setOnCloseHandler(gone);
        if (open.size() >= MOST) {
            stream.fail(Status.RESOURCE_EXHAUSTED.withDescription("there are " + MOST + " streams already"));
            return stream;
        }
        open.add(stream);
        if (closed) {
            stream.complete();
        }
        return stream;
    }

    /** Returns how many are open. */
    int count() {
        return open.size();
    }

    /** Ends all of them, and those that would be opened. */
    void close() {
        closed = true;
        open.forEach(PushStream::complete);
    }
}
