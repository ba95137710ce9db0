package dev.weft.testkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One run of a server, from start to stop: its thread, its connections, and what is to be done later. */
final class ServerLoop {

    private static final int BACKLOG = 4096;

    private final Function<ReceivedRequest, Answer> script;
    private final AtomicInteger accepted;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Set<Connection> connections = new HashSet<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private long sequence;
    private volatile boolean stopped;

    private record Later(long nanoTime, long sequence, Runnable action) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            int byTime = Long.compare(nanoTime - other.nanoTime, 0);
            return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
        }
    }

    ServerLoop(int port, AtomicInteger accepted, Function<ReceivedRequest, Answer> script) throws IOException {
        this.script = script;
        this.accepted = accepted;
        listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::run, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** Ends the run: when this returns, the port is free and every connection is closed. */
    void stop() throws InterruptedException {
        stopped = true;
        selector.wakeup();
        thread.join();
    }

    Answer answerTo(ReceivedRequest request) {
        return script.apply(request);
    }

    void after(Duration delay, Runnable action) {
        later.add(new Later(System.nanoTime() + delay.toNanos(), sequence++, action));
    }

    /** A client that pipelines is answered in a loop, not in a recursion. */
    void soon(Runnable action) {
        soon.add(action);
    }

    void ended(Connection connection) {
        connections.remove(connection);
    }

    private void run() {
        try (listener;
                selector) {
            while (!stopped) {
                selector.select(this::ready, untilNext());
                for (Later next = later.peek(); next != null && isDue(next); next = later.peek()) {
                    later.remove();
                    next.action().run();
                }
                for (Runnable next = soon.poll(); next != null; next = soon.poll()) {
                    next.run();
                }
            }
            Set.copyOf(connections).forEach(connection -> connection.end(false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDue(Later next) {
        return next.nanoTime() - System.nanoTime() <= 0;
    }

    /** In whole milliseconds, rounded up; 0 waits for ever. */
    private long untilNext() {
        Later next = later.peek();
        return next == null ? 0 : Math.max(1, (next.nanoTime() - System.nanoTime() + 999_999) / 1_000_000);
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(buffer);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                Connection connection = new Connection(this, channel, key, accepted.incrementAndGet());
                key.attach(connection);
                connections.add(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
