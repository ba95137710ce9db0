package dev.weft.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which functions are meant: {@code namespace/name}, or {@code namespace/*} for all of a namespace.
 *
 * @param name null for all
 */
public record TypePattern(String namespace, @Nullable String name) implements Serializable {

    private static final String ALL = "*";

    /** Returns the pattern of that text. Throws {@link IllegalArgumentException} where it is none. */
    public static TypePattern parse(String text) {
        FunctionType type = FunctionType.parse(text);
        return new TypePattern(type.namespace(), type.name().equals(ALL) ? null : type.name());
    }

    /** Whether functions of that type are meant. */
    public boolean matches(FunctionType type) {
        return type.namespace().equals(namespace) && (name == null || name.equals(type.name()));
    }

    @Override
    public String toString() {
        return namespace + "/" + (name == null ? ALL : name);
    }
}
