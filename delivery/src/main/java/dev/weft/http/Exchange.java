package dev.weft.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request and its one result. Used by one event loop. */
final class Exchange {

    private final FullHttpRequest request;
    private final Consumer<CallResult> result;
    private @Nullable Channel channel;
    private boolean done;

    Exchange(FullHttpRequest request, Consumer<CallResult> result) {
        this.request = request;
        this.result = result;
    }

    FullHttpRequest request() {
        return request;
    }

    boolean isDone() {
        return done;
    }

    /** From now on giving up the exchange closes this: the connection in HTTP/1.1, the stream in HTTP/2. */
    void runsOver(Channel carrier) {
        channel = carrier;
    }

    /** Hands over the result, unless there is one. */
    void finish(CallResult answer) {
        if (!done) {
            done = true;
            result.accept(answer);
        }
    }

    /** Lets go of the exchange, whose result nobody waits for any more. */
    void abandon() {
        done = true;
        if (channel != null) {
            channel.close();
        }
    }
}
