package dev.weft.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a function, and by the same form the name of an egress or of a value's type: {@code namespace/name}.
 *
 * @param namespace may hold slashes itself
 * @param name what stands behind the last slash; not empty
 */
public record FunctionType(String namespace, String name) implements Serializable {

    /** Types that were asked for of late: few are in many messages. Threads may lose what others put here. */
    private static final @Nullable FunctionType[] OF_LATE = new FunctionType[512];

    /** Returns the type of these names, the same object for the same names as far as it can. */
    public static FunctionType of(String namespace, String name) {
        int slot = (31 * namespace.hashCode() + name.hashCode()) & OF_LATE.length - 1;
        FunctionType known = OF_LATE[slot];
        if (known == null || !known.name.equals(name) || !known.namespace.equals(namespace)) {
            known = new FunctionType(namespace, name);
            OF_LATE[slot] = known;
        }
        return known;
    }

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
