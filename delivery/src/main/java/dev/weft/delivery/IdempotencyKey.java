package dev.weft.delivery;

import dev.weft.event.MeshEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a receiver that it has seen a delivery before: the same for every attempt at one event by one route, over
 * retries, restarts and redrives, and another for every other. Sent as {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header).
 */
final class IdempotencyKey {

    private static final int BYTES = 16;
    private static final char BETWEEN = '\n';

    private IdempotencyKey() {}

    /** Returns the header's value, a quoted string: a digest of {@code source}, {@code id} and the route's name. */
    static String of(MeshEvent event, String route) {
        String identity = event.attribute("source") + BETWEEN + event.getId() + BETWEEN + route;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
