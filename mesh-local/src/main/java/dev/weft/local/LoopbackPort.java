package dev.weft.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on this machine's loopback address: everything local listens there and nowhere else. */
public final class LoopbackPort {

    /** The only address anything local binds to. */
    public static final String HOST = "127.0.0.1";

    /** Asks for any port that is free. */
    public static final int ANY = 0;

    private LoopbackPort() {}

    /**
     * Returns {@code wanted} if nothing listens there, or a free port for {@link #ANY}. The port is free when this
     * returns, not reserved: whoever binds it must still be ready to lose a race.
     *
     * @param purpose what the port is for, as the failure's sentence says it
     * @throws StartFailure if something listens on {@code wanted} already
     */
    public static int claim(String purpose, int wanted) throws StartFailure {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
            return probe.getLocalPort();
        } catch (IOException taken) {
            throw StartFailure.portTaken(purpose, wanted);
        }
    }
}
