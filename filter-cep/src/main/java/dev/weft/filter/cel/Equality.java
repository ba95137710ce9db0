package dev.weft.filter.cel;

import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When two values are the same: numbers by what they are worth whatever their types, lists and maps by what they hold,
 * and values of different types never. Every element looked at is paid for: lists that hold the same list many times
 * are small in memory and endless to compare.
 */
final class Equality {

    private static final RuntimeEquality OF_THE_LIBRARY =
            RuntimeEquality.create(RuntimeHelpers.create(), Functions.OPTIONS);

    private Equality() {}

    static boolean same(Object one, Object other, Run run) {
        run.pay(1);
        if (one instanceof String text) {
            run.payForText(text.length());
            return text.equals(other);
        }
        if (one instanceof List<?> list) {
            return other instanceof List<?> that && sameLists(list, that, run);
        }
        if (one instanceof Map<?, ?> map) {
            return other instanceof Map<?, ?> that && sameMaps(map, that, run);
        }
        return OF_THE_LIBRARY.objectEquals(one, other);
    }

    private static boolean sameLists(List<?> one, List<?> other, Run run) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object element : one) {
            if (!same(element, others.next(), run)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMaps(Map<?, ?> one, Map<?, ?> other, Run run) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            Optional<Object> found = find(other, entry.getKey());
            if (found.isEmpty() || !same(entry.getValue(), found.get(), run)) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the map holds under the key; 1, 1u and 1.0 are the same key. */
    static Optional<Object> find(Map<?, ?> map, Object key) {
        return OF_THE_LIBRARY.findInMap(map, key);
    }

    static boolean isIn(Object element, List<?> list, Run run) {
        for (Object each : list) {
            if (same(element, each, run)) {
                return true;
            }
        }
        return false;
    }
}
