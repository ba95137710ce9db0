package dev.weft.event;

import dev.weft.event.EventWriter.NewPayload;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A changed copy of an event, before it is one. Whatever is not changed stays: the key, headers that carry no
 * attribute, the mode, and the place the event was read from.
 *
 * <p>Ask {@link #fault()} before {@link #finish()}: what breaks the specification never becomes an event.
 */
public final class EventDraft {

    private static final String CONTENT_TYPE = "datacontenttype";

    private final MeshEvent original;
    private final Map<String, String> set = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private @Nullable NewPayload payload;

    private EventDraft(MeshEvent original) {
        this.original = original;
    }

    /** Starts a copy that is the event as it is. */
    public static EventDraft of(MeshEvent original) {
        return new EventDraft(original);
    }

    /** Starts an event of the mesh's own, in binary mode and without a key. */
    public static EventDraft ofNew(String id, String source, String type) {
        WireHeaders headers = new WireHeaders.Builder()
                .add(BinaryEnvelope.SPECVERSION, Text.bytes("1.0"))
                .build();
        MeshEvent nothing = MeshEvent.stored(Origin.NONE, new WireRecord(null, headers, null));
        return new EventDraft(nothing).set("id", id).set("source", source).set("type", type);
    }

    /** Gives the copy an attribute, in place of one of that name; {@code text} in canonical form. */
    public EventDraft set(String name, String text) {
        removed.remove(name);
        set.put(name, text);
        return this;
    }

    /** Leaves an attribute out of the copy. */
    public EventDraft remove(String name) {
        set.remove(name);
        removed.add(name);
        return this;
    }

    /**
     * Replaces the payload, and what was said of it: the content type, and the schema, which spoke of the old one.
     *
     * @param bytes JSON if the content type says so
     */
    public EventDraft payload(String contentType, byte[] bytes) {
        payload = NewPayload.of(contentType, bytes);
        return set(CONTENT_TYPE, contentType).remove("dataschema");
    }

    /** Leaves the payload out, and what was said of it. */
    public EventDraft noPayload() {
        payload = NewPayload.of(null, null);
        return remove(CONTENT_TYPE).remove("dataschema");
    }

    /** Returns what keeps the copy from being an event, such as {@code the attribute id is empty}; null if nothing. */
    public @Nullable String fault() {
        for (String name : removed) {
            if (AttributeRules.REQUIRED.contains(name) || name.equals("specversion")) {
                return "the attribute " + name + " is missing";
            }
        }
        for (Map.Entry<String, String> attribute : set.entrySet()) {
            String name = attribute.getKey();
            String fault = !AttributeRules.isName(name) || name.equals("specversion")
                    ? "cannot be set"
                    : AttributeRules.faultOf(name, attribute.getValue());
            if (fault != null) {
                return "the attribute " + name + " " + fault;
            }
        }
        return null;
    }

    /** Returns the copy. Throws {@link IllegalStateException} if it has a {@link #fault()}. */
    public MeshEvent finish() {
        String fault = fault();
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        return MeshEvent.stored(original.origin(), EventWriter.changed(original, set, removed, payload))
                .readBy(original.readers());
    }
}
