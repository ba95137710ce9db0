package dev.weft.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of attributes, found without making new strings for the ones every event has. */
final class AttributeNames {

    /** The context attributes of CloudEvents 1.0; every other attribute is an extension. */
    static final Set<String> OF_THE_SPECIFICATION =
            Set.of("specversion", "id", "source", "type", "datacontenttype", "dataschema", "subject", "time");

    private AttributeNames() {}

    /**
     * Returns the attribute that a header carries, or null if it carries none. The content type has the binding's own
     * header; that attribute spelled like all others is understood too, because some producers send it.
     */
    static @Nullable String ofHeader(String header) {
        String known = known(header);
        if (known != null) {
            return known;
        }
        return header.startsWith(BinaryEnvelope.PREFIX) ? header.substring(BinaryEnvelope.PREFIX.length()) : null;
    }

    /** By length first: each record brings new strings, whose hash would have to be computed. */
    private static @Nullable String known(String header) {
        return switch (header.length()) {
            case 5 -> header.equals("ce_id") ? "id" : null;
            case 7 -> header.equals("ce_type") ? "type" : header.equals("ce_time") ? "time" : null;
            case 9 -> header.equals("ce_source") ? "source" : null;
            case 10 -> header.equals("ce_subject") ? "subject" : null;
            case 12 -> header.equalsIgnoreCase(BinaryEnvelope.CONTENT_TYPE) ? "datacontenttype" : null;
            case 13 -> header.equals("ce_dataschema") ? "dataschema" : null;
            case 14 -> header.equals(BinaryEnvelope.SPECVERSION) ? "specversion" : null;
            default -> null;
        };
    }
}
