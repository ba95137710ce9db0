package dev.weft.http;

import java.util.function.Consumer;

/**
 * One endpoint, with all that is needed to call it: address, credentials, connections, limits. Safe for use by several
 * threads; a call takes no thread while it waits.
 */
public interface HttpEndpoint extends AutoCloseable {

    /**
     * Sends a message. Never throws, and gives exactly one result, on a thread of the client that must not be held up;
     * it may be the calling thread where the call cannot even be begun.
     */
    void post(HttpMessage message, Consumer<CallResult> result);

    /** Gives up calls that are under way, whose results come as failures, and closes the connections. */
    @Override
    void close();
}
