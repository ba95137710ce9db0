package dev.weft.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A single value, typed by the YAML 1.2 core schema, so {@code NO} is text and {@code false} is not.
 *
 * @param value a {@link String}, a {@link Boolean}, a {@link BigDecimal} (every number), or null for {@code null}
 * @param text the characters of the file, after substitution; for numbers as written
 */
public record Scalar(Location at, String path, @Nullable Object value, String text) implements Node {

    public Scalar {
        if (!(value == null || value instanceof String || value instanceof Boolean || value instanceof BigDecimal)) {
            throw new IllegalArgumentException("not a scalar's value: " + value.getClass());
        }
    }

    @Override
    public String described() {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "\"" + Shown.shortened(text) + "\"";
        }
        return (value instanceof Boolean ? "the boolean " : "the number ") + Shown.shortened(text);
    }
}
