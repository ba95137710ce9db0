package dev.weft.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which reader reads which payload, by {@code datacontenttype} and, where several schemas are of one content type, by
 * {@code dataschema}. JSON is read without being named here. Immutable.
 */
public final class PayloadReaders implements Serializable {

    private static final long serialVersionUID = 1;

    private static final PayloadReaders JSON_ONLY = new PayloadReaders(List.of());

    private final List<Entry> entries;

    private PayloadReaders(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @param contentType in lower case, without parameters */
    private record Entry(String contentType, @Nullable String dataSchema, PayloadReader reader)
            implements Serializable {

        boolean isOf(String type) {
            int end = type.indexOf(';');
            int length = end < 0 ? type.length() : end;
            while (length > 0 && type.charAt(length - 1) == ' ') {
                length--;
            }
            return length == contentType.length() && type.regionMatches(true, 0, contentType, 0, length);
        }
    }

    /** Returns the readers of a mesh that reads nothing but JSON. */
    public static PayloadReaders jsonOnly() {
        return JSON_ONLY;
    }

    /**
     * Returns these readers and one more.
     *
     * @param contentType a media type without parameters, and not one of JSON
     * @param dataSchema reads only payloads whose {@code dataschema} is this; null reads all of the content type that
     *     no other reader's schema fits
     */
    public PayloadReaders with(String contentType, @Nullable String dataSchema, PayloadReader reader) {
        if (AttributeRules.isJson(contentType)) {
            throw new IllegalArgumentException(contentType + " is read as JSON");
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(contentType.toLowerCase(Locale.ROOT), dataSchema, reader));
        return new PayloadReaders(more);
    }

    /** Reads a payload that does not claim to be JSON; there is nothing to read if its content type is not known. */
    PayloadReading read(String contentType, @Nullable String dataSchema, byte[] bytes, Projection wanted) {
        Entry chosen = null;
        boolean known = false;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.isOf(contentType)) {
                known = true;
                String asked = entry.dataSchema();
                if (asked == null ? chosen == null : asked.equals(dataSchema)) {
                    chosen = entry;
                }
            }
        }
        if (chosen != null) {
            return chosen.reader().read(bytes, wanted);
        }
        return known ? PayloadReading.damaged(withoutSchema(dataSchema)) : PayloadReading.NONE;
    }

    /** Whether payloads of that content type are read. */
    boolean know(String contentType) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isOf(contentType)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSchema(@Nullable String dataSchema) {
        return "the payload cannot be read: "
                + (dataSchema == null
                        ? "the event names no dataschema, by which one of several is chosen"
                        : "no schema is configured for its dataschema " + dataSchema);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PayloadReaders that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
