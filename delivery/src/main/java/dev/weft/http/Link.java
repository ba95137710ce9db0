package dev.weft.http;

/** A connection that stands. Used by one event loop. */
abstract class Link {

    /** How long a connection may lie idle where its server does not say. */
    static final long IDLE_SECONDS = 30;

    private long idleSince;
    private boolean offered;

    /** Whether one more exchange may be sent now. */
    abstract boolean hasRoom();

    /** Whether nothing is under way. */
    abstract boolean isIdle();

    /** How long the connection may lie idle, in nanoseconds. */
    abstract long idleNanos();

    abstract void send(Exchange exchange);

    abstract void close();

    /** Notes that the pool offers the connection, and since when it does. */
    final void offeredAt(long nanoTime) {
        offered = true;
        idleSince = nanoTime;
    }

    final void takenBack() {
        offered = false;
    }

    final boolean isOffered() {
        return offered;
    }

    final boolean isStale(long nanoTime) {
        return isIdle() && nanoTime - idleSince > idleNanos();
    }
}
