package dev.weft.filter.cel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The functions of whole lists. A list with an element that is missing, or of another type, has none of them. */
final class Aggregates {

    private Aggregates() {}

    static Code of(String function, Code list) {
        return run -> {
            Object values = list.eval(run);
            if (values instanceof Failed) {
                return values;
            }
            if (!(values instanceof List<?> elements)) {
                return Functions.inapplicable(function, values);
            }
            run.pay(1 + elements.size());
            return switch (function) {
                case "count" -> (long) elements.size();
                case "sum" -> sum(elements);
                case "avg" -> average(elements);
                case "min" -> extreme(elements, "min", -1);
                case "max" -> extreme(elements, "max", 1);
                case "distinct" -> distinct(elements, run);
                default -> throw new IllegalStateException("no function " + function);
            };
        };
    }

    /** Returns what a list of the step's events becomes when each is put in the place of the step. */
    static Code ofEach(Code events, int slot, Code each) {
        return run -> {
            Object all = events.eval(run);
            if (!(all instanceof List<?> list)) {
                return all;
            }
            List<Object> values = new ArrayList<>(list.size());
            for (Object event : list) {
                run.slots[slot] = event;
                Object value = each.eval(run);
                if (value instanceof Failed) {
                    return value;
                }
                values.add(value);
            }
            return values;
        };
    }

    private static Object sum(List<?> elements) {
        long whole = 0;
        double any = 0;
        boolean ints = true;
        for (Object element : elements) {
            if (element instanceof Long number) {
                if (ints) {
                    try {
                        whole = Math.addExact(whole, number);
                    } catch (ArithmeticException e) {
                        return new Failed("the result of sum is too large");
                    }
                }
            } else if (element instanceof Double) {
                ints = false;
            } else {
                return Functions.inapplicable("sum", element);
            }
            any += ((Number) element).doubleValue();
        }
        return ints ? (Object) whole : (Object) any;
    }

    private static Object average(List<?> elements) {
        if (elements.isEmpty()) {
            return Failed.missing("avg of no values");
        }
        double sum = 0;
        for (Object element : elements) {
            if (!(element instanceof Long || element instanceof Double)) {
                return Functions.inapplicable("avg", element);
            }
            sum += ((Number) element).doubleValue();
        }
        return sum / elements.size();
    }

    private static Object extreme(List<?> elements, String function, int sign) {
        if (elements.isEmpty()) {
            return Failed.missing(function + " of no values");
        }
        Object best = elements.get(0);
        for (Object element : elements) {
            int order;
            if (best instanceof Number && element instanceof Number) {
                order = compared((Number) best, (Number) element);
            } else if (best instanceof String one && element instanceof String other) {
                order = one.compareTo(other);
            } else if (best instanceof Instant one && element instanceof Instant other) {
                order = one.compareTo(other);
            } else if (best instanceof Duration one && element instanceof Duration other) {
                order = one.compareTo(other);
            } else {
                return Functions.inapplicable(function, best, element);
            }
            best = order * sign < 0 ? element : best;
        }
        return best;
    }

    private static int compared(Number one, Number other) {
        return one instanceof Long && other instanceof Long
                ? Long.compare(one.longValue(), other.longValue())
                : Double.compare(one.doubleValue(), other.doubleValue());
    }

    private static Object distinct(List<?> elements, Run run) {
        List<Object> distinct = new ArrayList<>();
        for (Object element : elements) {
            if (!Equality.isIn(element, distinct, run)) {
                distinct.add(element);
            }
        }
        return distinct;
    }
}
