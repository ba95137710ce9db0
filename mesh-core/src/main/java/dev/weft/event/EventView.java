package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as it looks to who only reads it: a whole one, or what was kept of one. */
public interface EventView {

    /** Returns the canonical text of an attribute or extension, or null if the event does not have it. */
    @Nullable
    String attribute(String name);

    /** Returns the names of all attributes and extensions the event has. */
    Set<String> attributeNames();

    /** Returns the payload as JSON; a missing node if there is none that can be read. */
    JsonNode data();
}
