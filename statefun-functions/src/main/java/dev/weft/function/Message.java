package dev.weft.function;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way.
 *
 * @param caller which function sent it; null where it came from an ingress
 * @param trace the W3C {@code traceparent} it belongs to; null for none
 */
public record Message(
        Address target,
        @Nullable Address caller,
        TypedValue argument,
        @Nullable String trace) {

    /** About what objects cost, in bytes; names of types are shared by many messages. */
    private static final int BASE_WEIGHT = 220;

    /** Returns about how many bytes of memory the message takes. */
    public long weight() {
        return BASE_WEIGHT
                + (long) argument.bytes().length
                + target.id().length()
                + (caller == null ? 0 : caller.id().length())
                + (trace == null ? 0 : trace.length());
    }
}
