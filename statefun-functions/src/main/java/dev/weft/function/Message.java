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
        @Nullable String trace) {}
