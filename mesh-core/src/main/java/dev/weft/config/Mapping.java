package dev.weft.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names with a value each, in the order of the file.
 *
 * @param members the values by name; a name stands once, the reader has refused duplicates
 * @param keys where each name stands, for problems with the name itself
 */
public record Mapping(Location at, String path, Map<String, Node> members, Map<String, Location> keys) implements Node {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    public Mapping {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Returns the member of that name, or null where the file does not have it. */
    public @Nullable Node get(String name) {
        return members.get(name);
    }

    /** Returns the names in the order of the file. */
    public Set<String> names() {
        return members.keySet();
    }

    /** Returns where the key {@code name} stands. */
    public Location keyAt(String name) {
        return keys.getOrDefault(name, at);
    }

    /** Returns the path of the member {@code name} of the mapping at {@code path}. */
    public static String memberPath(String path, String name) {
        return PLAIN_NAME.matcher(name).matches()
                ? path + "." + name
                : path + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    @Override
    public String described() {
        return members.isEmpty() ? "an empty mapping" : "a mapping";
    }
}
