package dev.weft.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What some rules ask of one field. Rules that ask the same share the test, so an event is asked at most once. */
final class FieldTest {

    private static final NumberCondition[] NO_NUMBERS = {};
    private static final Condition[] NO_OTHERS = {};
    private static final ContainsAll[] NO_ALL = {};

    private final int number;
    private final int field;
    private final Alternatives asked;
    private final boolean acceptsAbsence;

    private final @Nullable Shortcut shortcut;

    /** The alternatives, those about numbers apart: a value knows its number. */
    private final NumberCondition[] ofNumbers;

    private final Condition[] ofOthers;
    private final ContainsAll[] ofAllValues;

    FieldTest(int number, int field, Alternatives asked) {
        this.number = number;
        this.field = field;
        this.asked = asked;
        this.shortcut = Shortcut.of(asked);
        this.acceptsAbsence = shortcut == null && asked.acceptAbsence();
        List<NumberCondition> numeric = new ArrayList<>();
        List<Condition> others = new ArrayList<>();
        for (Condition condition : shortcut == null ? asked.anyOf() : List.<Condition>of()) {
            if (condition instanceof NumberCondition ofNumber) {
                numeric.add(ofNumber);
            } else if (!(condition instanceof ContainsAll)) {
                others.add(condition);
            }
        }
        this.ofNumbers = numeric.toArray(NO_NUMBERS);
        this.ofOthers = others.toArray(NO_OTHERS);
        this.ofAllValues = shortcut == null ? asked.ofAllValues().toArray(NO_ALL) : NO_ALL;
    }

    /** Returns the number by which a {@link SegmentWalk} remembers the answer. */
    int number() {
        return number;
    }

    /** Returns the field's number. */
    int field() {
        return field;
    }

    Alternatives asked() {
        return asked;
    }

    /** The conditions are the rule's. */
    void addTo(Footprint footprint) {
        footprint.object(29);
        if (shortcut == null) {
            footprint.references(ofNumbers.length).references(ofOthers.length).references(ofAllValues.length);
        } else {
            footprint.object(32);
        }
    }

    boolean holds(FieldValues values) {
        if (values.count() == 0) {
            return acceptsAbsence;
        }
        for (int i = 0; i < values.count(); i++) {
            if (isOneOfThem(values.get(i))) {
                return true;
            }
        }
        for (ContainsAll condition : ofAllValues) {
            if (condition.holdsOf(values)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneOfThem(Value value) {
        if (shortcut != null) {
            return shortcut.holds(value);
        }
        for (Condition condition : ofOthers) {
            if (value.isWhat(condition)) {
                return true;
            }
        }
        Decimal decimal = ofNumbers.length == 0 ? null : value.number();
        if (decimal != null) {
            for (NumberCondition condition : ofNumbers) {
                if (condition.matchesNumber(decimal.exact())) {
                    return true;
                }
            }
        }
        return false;
    }
}
