package dev.weft.function;

import java.io.Serializable;

/**
 * The kind of a function, and by the same form the name of an egress or of a value's type: {@code namespace/name}.
 *
 * @param namespace may hold slashes itself
 * @param name what stands behind the last slash; not empty
 */
public record FunctionType(String namespace, String name) implements Serializable {

    /** Returns the type of that text. Throws {@link IllegalArgumentException} where it is none. */
    public static FunctionType parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException("found " + text + ", expected namespace/name");
        }
        return new FunctionType(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
