package dev.weft.event;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a payload are wanted: a tree of field names. Arrays are transparent, so the fields of the objects in
 * an array are named as if the array were not there. Immutable.
 */
public final class Projection {

    private static final Projection EVERYTHING = new Projection(true, Map.of());
    private static final Projection NOTHING = new Projection(false, Map.of());

    private final boolean whole;
    private final Map<String, Projection> fields;

    private final FieldNames names;

    /** What is wanted of each of the names, in their order. */
    private final Projection[] wanted;

    private Projection(boolean whole, Map<String, Projection> fields) {
        this.whole = whole;
        this.fields = fields;
        this.names = FieldNames.of(fields.keySet());
        this.wanted = fields.values().toArray(Projection[]::new);
    }

    /** Wants the whole payload. */
    public static Projection everything() {
        return EVERYTHING;
    }

    /** Wants no field; the payload is still read to its end, so that damage is found. */
    public static Projection nothing() {
        return NOTHING;
    }

    /** Wants each path with all that is below it; the empty path is the whole payload. */
    public static Projection of(Collection<List<String>> paths) {
        Draft root = new Draft();
        paths.forEach(path -> root.add(path.iterator()));
        return root.finish();
    }

    /** Returns what is wanted of the field of that name, or null if nothing is. */
    public @Nullable Projection field(String name) {
        return whole ? EVERYTHING : fields.get(name);
    }

    /** Returns what is wanted of the field whose name stands in JSON at these bytes, or null if nothing is. */
    @Nullable
    Projection field(byte[] json, int from, int to) {
        if (whole) {
            return EVERYTHING;
        }
        int found = names.find(json, from, to);
        if (found >= 0) {
            return wanted[found];
        }
        return isEscaped(json, from, to) ? fields.get(new JsonText(json, from, to).decoded(from, to)) : null;
    }

    private static boolean isEscaped(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return whole ? "*" : fields.toString();
    }

    private static final class Draft {
        private boolean whole;
        private final Map<String, Draft> fields = new LinkedHashMap<>();

        void add(Iterator<String> path) {
            if (path.hasNext()) {
                fields.computeIfAbsent(path.next(), name -> new Draft()).add(path);
            } else {
                whole = true;
            }
        }

        Projection finish() {
            if (whole) {
                return EVERYTHING;
            }
            Map<String, Projection> finished = new LinkedHashMap<>();
            fields.forEach((name, draft) -> finished.put(name, draft.finish()));
            return new Projection(false, finished);
        }
    }
}
