package dev.weft.job;

import dev.weft.filter.Rule;
import dev.weft.function.FunctionType;
import dev.weft.route.transform.EventValue;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events become messages for functions.
 *
 * @param from the channels it reads
 * @param where which of their events it takes
 * @param to the functions that get a message of each
 * @param id the value of an event that is the id of the functions it goes to
 * @param valueType of an argument that is the event's payload, byte for byte; null where the argument is the whole
 *     event, of type {@value #EVENT}
 */
public record Ingress(
        String name,
        List<String> from,
        Rule where,
        List<FunctionType> to,
        EventValue id,
        @Nullable String valueType) implements Serializable {

    /** The type of an argument that is an event: JSON, as in structured mode. */
    public static final String EVENT = "io.cloudevents/event";

    public Ingress {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
