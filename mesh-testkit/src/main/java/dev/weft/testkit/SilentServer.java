package dev.weft.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A server of which only the operating system is left: it takes connections and never says anything. */
public final class SilentServer implements AutoCloseable {

    private static final int CONNECTIONS = 1_000;

    private final ServerSocket socket;

    /** Begins to take connections, on a port that was free. */
    public SilentServer() throws IOException {
        this.socket = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
    }

    /** Returns where it is, {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
