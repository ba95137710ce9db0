package dev.weft.scale.grpc;

import dev.weft.scale.control.Answers.Subscription;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * A call whose client is told each value that differs from the one before. A client that does not take them is kept the
 * newest one for and no other; one that has gone is forgotten. No call here waits.
 */
final class PushStream<T> {

    private final ServerCallStreamObserver<T> client;
    private @Nullable T newest;
    private @Nullable T told;
    private @Nullable Subscription source;
    private boolean ended;

    PushStream(ServerCallStreamObserver<T> client) {
        this.client = client;
        client.setOnReadyHandler(this::tell);
    }

    /** Tells the client that value now, or as soon as it takes one, unless it has been told it. */
    synchronized void offer(T value) {
        newest = value;
        tell();
    }

    private synchronized void tell() {
        T value = newest;
        if (!ended && value != null && !value.equals(told) && client.isReady()) {
            told = value;
            client.onNext(value);
        }
    }

    /** Says where the values come from, which is closed with the stream. */
    void from(Subscription subscription) {
        synchronized (this) {
            if (!ended) {
                source = subscription;
                return;
            }
        }
        subscription.close();
    }

    /** Ends the stream cleanly: KEDA opens it again without counting a failure. */
    void complete() {
        if (end()) {
            client.onCompleted();
        }
    }

    /** Ends the stream with an error. */
    void fail(Status status) {
        if (end()) {
            client.onError(status.asRuntimeException());
        }
    }

    /** The client has gone. */
    void forget() {
        var unused = end();
    }

    /** Returns whether it was this call that ended it. */
    private boolean end() {
        Subscription closing;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            closing = source;
        }
        if (closing != null) {
            closing.close();
        }
        return true;
    }
}
