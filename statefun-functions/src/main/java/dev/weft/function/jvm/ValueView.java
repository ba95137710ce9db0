package dev.weft.function.jvm;

import dev.weft.function.Effects.Change;
import dev.weft.function.TypedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.statefun.sdk.java.AddressScopedStorage;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.java.storage.ConcurrentAddressScopedStorage;
import org.apache.flink.statefun.sdk.java.storage.StateValueContexts;
import org.apache.flink.statefun.sdk.java.types.TypeCharacteristics;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * The values of one address, as a function sees them during a call: its own changes included, and nobody else's. What
 * the function does not touch is not decoded. Safe for use by several threads.
 *
 * <p>Behaves as the SDK's own storage does: a value of a type that says its values never change is decoded once and
 * encoded once; any other is decoded for each reader, and encoded when it is set.
 */
final class ValueView implements AddressScopedStorage {

    private final List<ValueSpec<?>> specs;
    private final Map<String, @Nullable TypedValue> values;
    private final @Nullable Cell<?>[] cells;

    /**
     * Begins a view.
     *
     * @param specs what the function keeps
     * @param values as they are now
     */
    ValueView(List<ValueSpec<?>> specs, Map<String, @Nullable TypedValue> values) {
        this.specs = specs;
        this.values = values;
        this.cells = new Cell<?>[specs.size()];
    }

    @Override
    public synchronized <T> Optional<T> get(ValueSpec<T> spec) {
        Cell<T> cell = cell(spec);
        return cell == null ? refused().get(spec) : cell.get();
    }

    @Override
    public synchronized <T> void set(ValueSpec<T> spec, T value) {
        Cell<T> cell = value == null ? null : cell(spec);
        if (cell == null) {
            refused().set(spec, value);
        } else {
            cell.set(value);
        }
    }

    @Override
    public synchronized <T> void remove(ValueSpec<T> spec) {
        Cell<T> cell = cell(spec);
        if (cell == null) {
            refused().remove(spec);
        } else {
            cell.remove();
        }
    }

    /** Returns what the function has changed. Throws what types throw that cannot encode a value. */
    synchronized List<Change> changes() {
        List<Change> changes = null;
        for (Cell<?> cell : cells) {
            if (cell != null && cell.isChanged) {
                changes = changes == null ? new ArrayList<>(cells.length) : changes;
                changes.add(new Change(cell.spec.name(), cell.encoded()));
            }
        }
        return changes == null ? List.of() : changes;
    }

    /** Returns the value that a specification means, or null if it means none that the function keeps. */
    private <T> @Nullable Cell<T> cell(ValueSpec<T> spec) {
        for (int i = 0; i < cells.length; i++) {
            if (specs.get(i) == spec) {
                return cell(i);
            }
        }
        for (int i = 0; i < cells.length; i++) {
            ValueSpec<?> kept = specs.get(i);
            if (kept.name().equals(spec.name()) && kept.typeName().equals(spec.typeName())) {
                return cell(i);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // the specification is the same, or one of a type of the same name
    private <T> Cell<T> cell(int i) {
        Cell<?> cell = cells[i];
        if (cell == null) {
            ValueSpec<?> spec = specs.get(i);
            cell = new Cell<>(spec, values.get(spec.name()));
            cells[i] = cell;
        }
        return (Cell<T>) cell;
    }

    /** Returns the SDK's storage of the same values, that refuses in its own words what we refuse. */
    private AddressScopedStorage refused() {
        List<PersistedValue> none = specs.stream()
                .map(spec ->
                        PersistedValue.newBuilder().setStateName(spec.name()).build())
                .toList();
        Map<String, ValueSpec<?>> byName = new HashMap<>();
        specs.forEach(spec -> byName.put(spec.name(), spec));
        return new ConcurrentAddressScopedStorage(
                StateValueContexts.resolve(byName, none).resolved());
    }

    /** One value. */
    private static final class Cell<T> {

        private final ValueSpec<T> spec;
        private final boolean neverChanges;
        private @Nullable TypedValue value;
        private @Nullable T decoded;
        private boolean isChanged;

        Cell(ValueSpec<T> spec, @Nullable TypedValue value) {
            this.spec = spec;
            this.value = value;
            this.neverChanges = spec.type().typeCharacteristics().contains(TypeCharacteristics.IMMUTABLE_VALUES);
        }

        Optional<T> get() {
            T known = decoded;
            TypedValue bytes = value;
            if (known == null && bytes != null) {
                known = spec.type().typeSerializer().deserialize(Slices.wrap(bytes.bytes()));
                decoded = neverChanges ? known : null;
            }
            return Optional.ofNullable(known);
        }

        void set(T now) {
            if (neverChanges) {
                decoded = now;
                value = null;
            } else {
                value = encode(now);
            }
            isChanged = true;
        }

        void remove() {
            decoded = null;
            value = null;
            isChanged = true;
        }

        /** Returns the value as it is kept; null for none. */
        @Nullable
        TypedValue encoded() {
            T set = decoded;
            return value != null || set == null ? value : encode(set);
        }

        private TypedValue encode(T now) {
            return new TypedValue(
                    spec.typeName().asTypeNameString(),
                    spec.type().typeSerializer().serialize(now).toByteArray());
        }
    }
}
