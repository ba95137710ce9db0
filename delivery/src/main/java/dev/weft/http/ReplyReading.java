package dev.weft.http;

import dev.weft.event.MeshEvent;

/** Whether an answer carries an event. */
public sealed interface ReplyReading {

    /** It carries none, and does not claim to. */
    enum None implements ReplyReading {
        NONE
    }

    /** It carries this one, in binary or structured mode, without a key. */
    record Replied(MeshEvent event) implements ReplyReading {}

    /**
     * It claims to carry one and does not.
     *
     * @param reason for a person
     */
    record Malformed(String reason) implements ReplyReading {}
}
