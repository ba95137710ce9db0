package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** By what an event is known again: 64 bits of a hash of its source and id. */
final class EventKey {

    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private EventKey() {}

    static long of(ObjectNode event) {
        long hash = added(BASIS, event.path("source").asText());
        return mixed(added((hash ^ 0xFFFF) * PRIME, event.path("id").asText()));
    }

    private static long added(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
