package dev.weft.route.transform;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a route changes of the events it delivers: one parsed transform, as {@code docs/transforms.md} defines the
 * language. A {@link Transformer} does it.
 *
 * <p>Immutable. Serializable, so that it can travel in a job graph; a saved form is not kept compatible between
 * versions.
 */
public final class Transform implements Serializable {

    private static final long serialVersionUID = 1;

    private final Map<String, TextTemplate> set;
    private final List<String> remove;
    private final @Nullable PayloadTemplate payload;
    private final Missing missing;

    Transform(Map<String, TextTemplate> set, List<String> remove, @Nullable PayloadTemplate payload, Missing missing) {
        this.set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        this.remove = List.copyOf(remove);
        this.payload = payload;
        this.missing = missing;
    }

    /** Returns the attributes to set, by name. */
    Map<String, TextTemplate> set() {
        return set;
    }

    /** Returns the attributes to leave out. */
    List<String> remove() {
        return remove;
    }

    /** Returns what replaces the payload; null if nothing does. */
    @Nullable
    PayloadTemplate payload() {
        return payload;
    }

    /** Returns what to do with variables the event has no value for. */
    Missing missing() {
        return missing;
    }

    void eachVariable(Consumer<Variable> consumer) {
        set.values().forEach(template -> template.eachVariable(consumer));
        if (payload != null) {
            payload.eachVariable(consumer);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transform that
                && set.equals(that.set)
                && remove.equals(that.remove)
                && Objects.equals(payload, that.payload)
                && missing == that.missing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(set, remove, payload, missing);
    }
}
