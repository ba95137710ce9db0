package dev.weft.delivery;

import dev.weft.digest.Sha256;
import dev.weft.event.MeshEvent;

/**
 * What tells a receiver that it has seen a delivery before: the same for every attempt at one event by one route, over
 * retries, restarts and redrives, and another for every other. Sent as {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header).
 */
final class IdempotencyKey {

    private static final char BETWEEN = '\n';

    private IdempotencyKey() {}

    /** Returns the header's value, a quoted string: a digest of {@code source}, {@code id} and the route's name. */
    static String of(MeshEvent event, String route) {
        String identity = event.attribute("source") + BETWEEN + event.getId() + BETWEEN + route;
        return '"' + Sha256.id(Sha256.of(identity)) + '"';
    }
}
