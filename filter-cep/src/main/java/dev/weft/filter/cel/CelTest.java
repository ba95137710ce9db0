package dev.weft.filter.cel;

import java.io.Serializable;
import java.util.List;

/**
 * What an expression asks of one attribute that every event has.
 *
 * @param attribute its name
 * @param how the attribute compares to one of the texts
 * @param texts at least one
 */
public record CelTest(String attribute, How how, List<String> texts) implements Serializable {

    public CelTest {
        texts = List.copyOf(texts);
    }

    /** How an attribute compares to a text. */
    public enum How {
        IS,
        STARTS_WITH,
        ENDS_WITH
    }
}
