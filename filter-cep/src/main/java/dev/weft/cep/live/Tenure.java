package dev.weft.cep.live;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.digest.Sha256;

/**
 * The time, of the events, for which one version of a pattern is looked for.
 *
 * @param from when it begins, milliseconds since 1970, inclusive; {@link Long#MIN_VALUE} if it was always there
 * @param until when it ends, exclusive; {@link Long#MAX_VALUE} while there is no end to it
 * @param fate what becomes of partial matches when it ends
 * @param handle what state and network know it by
 */
public record Tenure(Pattern pattern, long from, long until, OnUpdate fate, long handle) {

    /** No end is known. */
    public static final long OPEN = Long.MAX_VALUE;

    Tenure(Pattern pattern, long from, long until, OnUpdate fate) {
        this(pattern, from, until, fate, handle(pattern, from));
    }

    Tenure ending(long time, OnUpdate then) {
        return new Tenure(pattern, from, time, then, handle);
    }

    public boolean isOpen() {
        return until == OPEN;
    }

    /** Returns whether an event of that time can begin a match. */
    public boolean begins(long time) {
        return from <= time && time < until;
    }

    /** Returns whether an event of that time can do anything to a match. */
    public boolean looksAt(long time) {
        return from <= time && time < end();
    }

    /** Returns the time from which no event matters any more. */
    public long end() {
        return fate == OnUpdate.DRAIN ? forgottenAt() : until;
    }

    /**
     * Returns the time by which nothing is remembered: what has begun has its deadline before it. Until then a key may
     * not know yet what becomes of its partial matches.
     */
    public long forgottenAt() {
        long within = pattern.within().toMillis();
        return until < OPEN - within ? until + within : until;
    }

    /** The same version may come back after it had gone: that is another tenure. */
    private static long handle(Pattern pattern, long from) {
        return Sha256.number(Sha256.of(pattern.id() + "@" + pattern.version() + "@" + from));
    }
}
