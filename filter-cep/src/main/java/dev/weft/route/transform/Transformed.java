package dev.weft.route.transform;

import dev.weft.event.MeshEvent;

/** What a {@link Transformer} made of an event. */
public sealed interface Transformed {

    /** A new event, valid by the rules of the specification. */
    record Done(MeshEvent event) implements Transformed {}

    /**
     * No event.
     *
     * @param detail why, naming the variable or the attribute; holds nothing of the event's payload but what is around
     *     damage
     */
    record Failed(String detail) implements Transformed {}
}
