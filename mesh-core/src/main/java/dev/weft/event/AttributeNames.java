package dev.weft.event;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of attributes, found without making new strings for the ones every event has. */
final class AttributeNames {

    /** The context attributes of CloudEvents 1.0; every other attribute is an extension. */
    static final Set<String> OF_THE_SPECIFICATION =
            Set.of("specversion", "id", "source", "type", "datacontenttype", "dataschema", "subject", "time");

    private static final Map<String, String> BY_HEADER = Stream.concat(
                    OF_THE_SPECIFICATION.stream(),
                    Stream.of("partitionkey", "traceparent", "tracestate", "sequence", "correlationid", "causationid"))
            .collect(Collectors.toUnmodifiableMap(name -> BinaryEnvelope.PREFIX + name, Function.identity()));

    private AttributeNames() {}

    /** Returns the attribute of a header that starts with {@code ce_}. */
    static String afterPrefix(String header) {
        String known = BY_HEADER.get(header);
        return known != null ? known : header.substring(BinaryEnvelope.PREFIX.length());
    }
}
