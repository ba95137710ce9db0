package dev.weft.function;

import dev.weft.function.FunctionCatalog.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one task knows of the functions of one type: who calls them, and what they keep. Of what they declare, the first
 * word counts for the life of the task.
 */
final class Kind {

    /** The most values of one type; a function that declares more does so without end. */
    static final int MOST_VALUES = 1000;

    final FunctionType type;
    final Invoker invoker;
    final FunctionTerms terms;
    final Room room;
    private final Map<String, ValueDeclaration> declarations = new HashMap<>();
    private final List<ValueDeclaration> inOrder = new ArrayList<>();

    /** Those of {@link #inOrder}; another array where there is another name. */
    private String[] names = {};

    Kind(FunctionType type, Entry entry, Room room) {
        this.type = type;
        this.invoker = entry.invoker();
        this.terms = entry.terms();
        this.room = room;
        invoker.declared(type).forEach(this::declare);
    }

    /** Notes what functions of this type keep, unless that is known. */
    void declare(ValueDeclaration declaration) {
        if (declarations.putIfAbsent(declaration.name(), declaration) == null) {
            inOrder.add(declaration);
            names = inOrder.stream().map(ValueDeclaration::name).toArray(String[]::new);
        }
    }

    int declared() {
        return inOrder.size();
    }

    /** Returns what a call is given of a row: all that is declared, what is not there included. */
    Map<String, @Nullable TypedValue> values(AddressRow row, long now) {
        int size = inOrder.size();
        if (size == 0) {
            return Map.of();
        }
        @Nullable TypedValue[] values = new TypedValue[size];
        for (int i = 0; i < size; i++) {
            values[i] = row.get(names[i], now);
        }
        return new KeptValues(names, values);
    }

    /** Returns what is wrong with the values that a call would be given; null for nothing. */
    @Nullable
    String mistake(Map<String, @Nullable TypedValue> values) {
        for (int i = 0; i < inOrder.size(); i++) {
            ValueDeclaration declaration = inOrder.get(i);
            TypedValue value = values.get(declaration.name());
            if (value != null && !value.typename().equals(declaration.typename())) {
                return "value " + declaration.name() + " is kept as " + value.typename() + ", the function expects "
                        + declaration.typename();
            }
        }
        return null;
    }

    /** Returns why effects cannot be applied; null where they can. */
    @Nullable
    String mistake(Effects effects, AddressRow row, long now) {
        for (Effects.Delay delay : effects.delays()) {
            String mistake = mistake(delay);
            if (mistake != null) {
                return mistake;
            }
        }
        if (effects.changes().isEmpty()) {
            return null;
        }
        long bytes = 0;
        for (Effects.Change change : effects.changes()) {
            String mistake = mistake(change);
            if (mistake != null) {
                return mistake;
            }
            TypedValue value = change.value();
            bytes += value == null ? 0 : value.bytes().length;
        }
        // Few rows come near their limit: only for these is it worth while to see what the changes replace.
        return row.valueBytes() + bytes <= terms.maxValuesBytes() ? null : tooMany(effects, row, now);
    }

    private static @Nullable String mistake(Effects.Delay delay) {
        if (delay instanceof Effects.Later later) {
            if (later.millis() < 0) {
                return "found a delay of " + later.millis() + " ms, expected none below zero";
            }
            return later.token() != null && later.token().isEmpty() ? "found an empty cancellation token" : null;
        }
        return null;
    }

    private @Nullable String mistake(Effects.Change change) {
        ValueDeclaration declaration = declarations.get(change.name());
        if (declaration == null) {
            return "found a change of value " + change.name() + ", which the function did not declare";
        }
        TypedValue value = change.value();
        if (value == null) {
            return null;
        }
        if (!value.typename().equals(declaration.typename())) {
            return "found a value " + change.name() + " of type " + value.typename() + ", declared was "
                    + declaration.typename();
        }
        if (value.bytes().length > terms.maxValueBytes()) {
            return "found a value " + change.name() + " of " + value.bytes().length + " bytes, expected at most "
                    + terms.maxValueBytes();
        }
        return null;
    }

    private @Nullable String tooMany(Effects effects, AddressRow row, long now) {
        Map<String, Long> sizes = new HashMap<>();
        for (ValueDeclaration declaration : inOrder) {
            TypedValue value = row.get(declaration.name(), now);
            sizes.put(declaration.name(), value == null ? 0L : value.bytes().length);
        }
        long before = sum(sizes);
        for (Effects.Change change : effects.changes()) {
            TypedValue value = change.value();
            sizes.put(change.name(), value == null ? 0L : value.bytes().length);
        }
        long after = sum(sizes);
        // A function may always make its values smaller, lest a lower limit leaves it no way out.
        return after <= terms.maxValuesBytes() || after < before
                ? null
                : "found values of " + after + " bytes together, expected at most " + terms.maxValuesBytes();
    }

    private static long sum(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Changes values, which was checked to be possible. */
    void apply(List<Effects.Change> changes, AddressRow row, long now) {
        for (Effects.Change change : changes) {
            TypedValue value = change.value();
            if (value == null) {
                row.remove(change.name());
            } else {
                row.put(Objects.requireNonNull(declarations.get(change.name())), value, now);
            }
        }
    }
}
