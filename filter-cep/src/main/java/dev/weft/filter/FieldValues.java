package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values that one event has at one field: none, one, or the many of an array. Reused for later events. */
final class FieldValues {

    private static final int MOST_KEPT = 64;

    private Value[] values = {new Value()};
    private int count;

    /** The event they are of. */
    private int epoch;

    boolean isOf(int wanted) {
        return epoch == wanted;
    }

    void clearFor(int newEpoch) {
        epoch = newEpoch;
        count = 0;
        if (values.length > MOST_KEPT) {
            values = Arrays.copyOf(values, MOST_KEPT);
        }
    }

    void addAttribute(@Nullable String attribute) {
        if (attribute != null) {
            next().setAttribute(attribute);
        }
    }

    void addNode(JsonNode node) {
        next().setNode(node);
    }

    private Value next() {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
            for (int i = count; i < values.length; i++) {
                values[i] = new Value();
            }
        }
        return values[count++];
    }

    int count() {
        return count;
    }

    Value get(int i) {
        return values[i];
    }
}
