package dev.weft.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on this machine's loopback address: everything local listens there and nowhere else. */
public final class LoopbackPort {

    /** The only address anything local binds to. */
    public static final String HOST = "127.0.0.1";

    /** Asks for any port that is free. */
    public static final int ANY = 0;

    /**
     * Below what Linux (32768) and others (49152) give to outgoing connections: a port from there may be the source of
     * somebody's connection by the time a slow process binds it.
     */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    /** No port is given twice by one process. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /**
     * Returns {@code wanted} if nothing listens there, or a free port for {@link #ANY}. The port is free when this
     * returns, not reserved: whoever binds it must still be ready to lose a race, if only with another that looks for a
     * free one.
     *
     * @param purpose what the port is for, as the failure's sentence says it
     * @throws StartFailure if something listens on {@code wanted} already
     */
    public static int claim(String purpose, int wanted) throws StartFailure {
        if (wanted != ANY) {
            if (!isFree(wanted)) {
                throw StartFailure.portTaken(purpose, wanted);
            }
            return wanted;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw StartFailure.portTaken(purpose, wanted);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
