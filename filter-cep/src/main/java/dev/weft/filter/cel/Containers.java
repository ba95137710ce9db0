package dev.weft.filter.cel;

import com.google.common.primitives.UnsignedLong;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists and maps: made, looked into and added. */
final class Containers {

    private Containers() {}

    static Code list(Code[] elements) {
        return run -> {
            run.pay(1 + elements.length);
            List<Object> list = new ArrayList<>(elements.length);
            for (Code element : elements) {
                Object value = element.eval(run);
                if (value instanceof Failed) {
                    return value;
                }
                list.add(value);
            }
            return list;
        };
    }

    static Code map(Code[] keys, Code[] values) {
        return run -> {
            run.pay(1 + 2 * keys.length);
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.length; i++) {
                Object key = keys[i].eval(run);
                if (key instanceof Failed) {
                    return key;
                }
                if (!(key instanceof String
                        || key instanceof Long
                        || key instanceof UnsignedLong
                        || key instanceof Boolean)) {
                    return new Failed("a map has no keys of the type " + Values.typeOf(key));
                }
                Object value = values[i].eval(run);
                if (value instanceof Failed) {
                    return value;
                }
                if (Equality.find(map, key).isPresent()) {
                    return new Failed("a map has the same key twice");
                }
                map.put(key, value);
            }
            return map;
        };
    }

    /**
     * Returns the field of that name.
     *
     * @param written how a person writes the field
     */
    static Code select(Code operand, String name, String written) {
        Failed missing = Failed.missing(written + " is missing");
        return run -> {
            run.pay(1);
            Object value = operand.eval(run);
            if (value instanceof Map<?, ?> map) {
                Object field = map.get(name);
                return field == null ? missing : field;
            }
            return value instanceof Failed
                    ? value
                    : new Failed(
                            written + " is missing: a value of the type " + Values.typeOf(value) + " has no fields");
        };
    }

    static Code has(Code operand, String name) {
        return run -> {
            run.pay(1);
            Object value = operand.eval(run);
            if (value instanceof Map<?, ?> map) {
                return map.containsKey(name);
            }
            return value instanceof Failed ? value : Functions.inapplicable("has", value);
        };
    }

    static Code in(Code element, Code container) {
        return run -> {
            Object value = element.eval(run);
            if (value instanceof Failed) {
                return value;
            }
            Object within = container.eval(run);
            run.pay(1);
            if (within instanceof List<?> list) {
                return Equality.isIn(value, list, run);
            }
            if (within instanceof Map<?, ?> map) {
                return Equality.find(map, value).isPresent();
            }
            return within instanceof Failed ? within : Functions.inapplicable("in", value, within);
        };
    }

    /**
     * Returns the element of a list by its place, from 0, or of a map by its key.
     *
     * @param overloads which of the two the types known before leave open
     */
    static Code element(Code container, Code key, List<String> overloads) {
        boolean ofMaps = overloads.contains("index_map");
        boolean ofLists = overloads.contains("index_list");
        return run -> {
            run.pay(1);
            Object within = container.eval(run);
            if (within instanceof Failed) {
                return within;
            }
            Object at = key.eval(run);
            if (at instanceof Failed) {
                return at;
            }
            if (ofMaps && within instanceof Map<?, ?> map) {
                Optional<Object> found = Equality.find(map, at);
                return found.orElseGet(() -> Failed.missing("the map has no such key"));
            }
            if (ofLists && within instanceof List<?> list && at instanceof Number number) {
                boolean whole = at instanceof Long || number.doubleValue() == Math.rint(number.doubleValue());
                long place = number.longValue();
                return whole && place >= 0 && place < list.size()
                        ? list.get((int) place)
                        : Failed.missing("the list has no such element");
            }
            return Functions.inapplicable("[]", within, at);
        };
    }

    /** Returns what {@code +} makes of two values: lists are joined here, all else the library adds. */
    static Code sum(Code one, Code other, Functions.Operation addition) {
        return run -> {
            run.pay(1);
            Object left = one.eval(run);
            if (left instanceof Failed) {
                return left;
            }
            Object right = other.eval(run);
            if (right instanceof Failed) {
                return right;
            }
            return left instanceof List<?> first && right instanceof List<?> second
                    ? joined(first, second, run)
                    : addition.on(run, left, right);
        };
    }

    private static List<?> joined(List<?> first, List<?> second, Run run) {
        run.payForElements(second.size());
        if (first instanceof Growing growing) {
            growing.addAll(second);
            return growing;
        }
        run.payForElements(first.size());
        List<Object> both = new ArrayList<>(first.size() + second.size());
        both.addAll(first);
        both.addAll(second);
        return both;
    }
}
