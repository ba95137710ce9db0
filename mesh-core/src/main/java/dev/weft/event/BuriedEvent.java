package dev.weft.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DeadLetter} holds: the event as it was read, and what became of it. The event has its own attributes,
 * payload and origin again; attributes of its own by the names that dead letters use are lost, as they were when it was
 * buried. Kafka's timestamp is not known any more.
 *
 * @param event as it was read the first time
 * @param reason the {@linkplain Reason#code() code} of why it was buried; may be one that a later version gave
 * @param job the mesh job that buried it
 * @param told what its dead letter tells of its delivery: {@code weftroute}, {@code weftingress}, {@code wefttarget}
 *     and the others, by their names, as far as it has them
 */
public record BuriedEvent(MeshEvent event, String reason, String job, Map<String, String> told) {

    private static final String TARGET = "wefttarget";
    private static final String ROUTE = "weftroute";
    private static final String INGRESS = "weftingress";

    /** What every dead letter of an event has. */
    private static final List<String> OF_EVERY_ONE =
            List.of("weftreason", "weftdetail", "wefttopic", "weftpartition", "weftoffset", "weftjob", ROUTE, INGRESS);

    /** What the dead letter of an event has besides that was on its way to a target. */
    private static final List<String> OF_A_DELIVERY = List.of(
            TARGET, "weftattempts", "weftfirstfailure", "knativeerrordest", "knativeerrorcode", "knativeerrordata");

    public BuriedEvent {
        told = Map.copyOf(told);
    }

    /**
     * Returns what the dead letter holds; null if it is none, or wraps a record that was no event.
     *
     * @param letter read from the dead letter channel, or from where dead letters are sent again
     */
    public static @Nullable BuriedEvent in(MeshEvent letter) {
        String reason = letter.attribute("weftreason");
        String job = letter.attribute("weftjob");
        Origin origin = origin(letter);
        if (reason == null || job == null || origin == null || letter.getType().equals(DeadLetter.TYPE)) {
            return null;
        }
        Set<String> added = new HashSet<>(OF_EVERY_ONE);
        if (letter.attribute(TARGET) != null) {
            added.addAll(OF_A_DELIVERY);
        }
        return new BuriedEvent(original(letter, origin, added), reason, job, told(letter, added));
    }

    private static Map<String, String> told(MeshEvent letter, Set<String> added) {
        Map<String, String> told = new HashMap<>();
        for (String name : added) {
            String text = letter.attribute(name);
            if (text != null && (name.equals(ROUTE) || name.equals(INGRESS) || OF_A_DELIVERY.contains(name))) {
                told.put(name, text);
            }
        }
        return told;
    }

    private static MeshEvent original(MeshEvent letter, Origin origin, Set<String> added) {
        WireRecord wire = EventWriter.changed(letter, Map.of(), added, null);
        WireHeaders headers =
                wire.headers().toBuilder().remove(DeadLetter.SENT_AGAIN).build();
        return MeshEvent.stored(origin, new WireRecord(wire.key(), headers, wire.value()))
                .readBy(letter.readers());
    }

    private static @Nullable Origin origin(MeshEvent letter) {
        String topic = letter.attribute("wefttopic");
        String partition = letter.attribute("weftpartition");
        String offset = letter.attribute("weftoffset");
        if (topic == null || partition == null || offset == null) {
            return null;
        }
        try {
            return new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset), -1);
        } catch (NumberFormatException e) {
            return null; // somebody else's attributes by these names
        }
    }

    /** Returns the name of the route that was concerned, or null if the dead letter names none. */
    public @Nullable String route() {
        return told.get(ROUTE);
    }

    /** Returns the name of the target that did not take the event, or null if it was not on its way to one. */
    public @Nullable String target() {
        return told.get(TARGET);
    }
}
