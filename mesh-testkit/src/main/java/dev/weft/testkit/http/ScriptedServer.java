package dev.weft.testkit.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP/1.1 server on loopback that answers by a script, however badly the script wants it. One thread serves all
 * connections; script and consumer run on it, so they must not wait. Safe for use by several threads.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(503).with("Retry-After", "2"))) {
 *     ... server.uri("/events") ...
 *     assertThat(server.requests()).hasSize(1);
 * }
 * }</pre>
 */
public final class ScriptedServer implements AutoCloseable {

    private final AtomicInteger accepted = new AtomicInteger();
    private final Consumer<ReceivedRequest> observer;
    private final ConcurrentLinkedQueue<ReceivedRequest> recorded;
    private final int port;
    private volatile Function<ReceivedRequest, Answer> script;
    private @Nullable ServerLoop loop;

    private ScriptedServer(
            int port,
            Function<ReceivedRequest, Answer> script,
            ConcurrentLinkedQueue<ReceivedRequest> recorded,
            Consumer<ReceivedRequest> observer)
            throws IOException {
        this.script = script;
        this.recorded = recorded;
        this.observer = observer;
        ServerLoop first = new ServerLoop(port, accepted, this::answer);
        this.loop = first;
        this.port = first.port();
    }

    /** Starts a server on a free port that keeps every request. */
    public static ScriptedServer recording(Function<ReceivedRequest, Answer> script) throws IOException {
        ConcurrentLinkedQueue<ReceivedRequest> recorded = new ConcurrentLinkedQueue<>();
        return new ScriptedServer(0, script, recorded, recorded::add);
    }

    /**
     * Starts a server that keeps nothing and gives every request to the observer, before it is answered.
     *
     * @param port 0 for a free one
     */
    public static ScriptedServer observed(
            int port, Function<ReceivedRequest, Answer> script, Consumer<ReceivedRequest> observer) throws IOException {
        return new ScriptedServer(port, script, new ConcurrentLinkedQueue<>(), observer);
    }

    private Answer answer(ReceivedRequest request) {
        observer.accept(request);
        return script.apply(request);
    }

    /** Answers by another script from now on. */
    public void answerBy(Function<ReceivedRequest, Answer> other) {
        script = other;
    }

    /** Returns the port, which stays the same when the server is started again. */
    public int port() {
        return port;
    }

    /** Returns the URL of a path, which starts with a slash. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Returns the requests so far in the order they came, of every run. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(recorded);
    }

    /** Returns how many connections were opened so far, in every run. */
    public int connections() {
        return accepted.get();
    }

    /** Closes the port and all connections. Does nothing where that is done. */
    public synchronized void stop() throws InterruptedException {
        if (loop != null) {
            loop.stop();
            loop = null;
        }
    }

    /** Starts again on the same port, by the same script. Does nothing while it runs. */
    public synchronized void start() throws IOException {
        if (loop == null) {
            loop = new ServerLoop(port, accepted, this::answer);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
