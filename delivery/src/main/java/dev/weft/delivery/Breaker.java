package dev.weft.delivery;

import java.util.BitSet;

/**
 * Whether a target is taken for dead: while open, nothing is sent; when its time is over, one call is tried. Not safe
 * for use by several threads.
 */
public final class Breaker {

    private final BreakerPolicy policy;
    private final BitSet failed = new BitSet();
    private int seen;
    private int position;
    private State state = State.CLOSED;
    private long openUntil;
    private long openFor;

    private enum State {
        CLOSED,
        OPEN,
        TRYING
    }

    /** Makes one that is closed. */
    public Breaker(BreakerPolicy policy) {
        this.policy = policy;
        this.openFor = policy.openFor().toMillis();
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /**
     * Returns the time from which on a call may be made: {@code now} or later; {@link Long#MAX_VALUE} while the call
     * that is tried is under way.
     */
    public long next(long now) {
        return switch (state) {
            case CLOSED -> now;
            case OPEN -> Math.max(now, openUntil);
            case TRYING -> Long.MAX_VALUE;
        };
    }

    /** A call is made. */
    public void begin() {
        if (state == State.OPEN) {
            state = State.TRYING;
        }
    }

    /** A call succeeded. Returns whether the target is back. */
    public boolean succeeded() {
        boolean isBack = state != State.CLOSED;
        if (isBack) {
            state = State.CLOSED;
            seen = 0;
            position = 0;
            failed.clear();
            openFor = policy.openFor().toMillis();
        } else {
            count(false);
        }
        return isBack;
    }

    /** A call failed in a way that tells of the target and not of the event. */
    public void failed(long now) {
        switch (state) {
            case CLOSED -> {
                count(true);
                if (seen == policy.of() && failed.cardinality() * 100 >= policy.failures() * policy.of()) {
                    open(now);
                }
            }
            case TRYING -> {
                openFor = Math.min(openFor * 2, policy.cap().toMillis());
                open(now);
            }
            case OPEN -> {
                // a call that was under way when it opened tells nothing new
            }
        }
    }

    private void open(long now) {
        state = State.OPEN;
        openUntil = now + openFor;
    }

    private void count(boolean failure) {
        failed.set(position, failure);
        position = (position + 1) % policy.of();
        seen = Math.min(seen + 1, policy.of());
    }
}
