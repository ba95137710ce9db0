package dev.weft.filter;

import dev.weft.filter.NumberCondition.NumberRange;
import dev.weft.filter.NumberCondition.NumberRange.Bound;
import dev.weft.filter.TextCondition.Prefix;
import dev.weft.filter.TextCondition.Suffix;
import dev.weft.filter.TextCondition.TextIn;
import dev.weft.filter.TextCondition.Wildcard;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that rules ask most, one by itself, in a form that is asked without a virtual call: of many conditions
 * of many kinds, as an index asks them, each such call costs more than what it asks ({@code MatchingCost}).
 */
final class Shortcut {

    private enum Kind {
        IS,
        STARTS,
        ENDS,
        IS_LIKE,
        IS_BETWEEN
    }

    private final Kind kind;
    private final Condition condition;
    private final String text;

    /**
     * The bounds of a range, rounded. Rounding keeps order, so only numbers that round to a bound need a closer look.
     */
    private final double low;

    private final double high;

    private Shortcut(Kind kind, Condition condition, String text, double low, double high) {
        this.kind = kind;
        this.condition = condition;
        this.text = text;
        this.low = low;
        this.high = high;
    }

    /** Returns the short way to ask for these alternatives, or null if there is none. */
    static @Nullable Shortcut of(Alternatives asked) {
        Condition only = asked.anyOf().get(0);
        if (asked.anyOf().size() > 1) {
            return null;
        }
        if (only instanceof TextIn in
                && in.texts().size() == 1
                && in.addresses().isEmpty()) {
            return ofText(Kind.IS, only, in.texts().iterator().next());
        }
        if (only instanceof Prefix prefix) {
            return ofText(Kind.STARTS, only, prefix.prefix());
        }
        if (only instanceof Suffix suffix) {
            return ofText(Kind.ENDS, only, suffix.suffix());
        }
        if (only instanceof Wildcard) {
            return ofText(Kind.IS_LIKE, only, "");
        }
        if (only instanceof NumberRange range) {
            double low = near(range.lower(), Double.NEGATIVE_INFINITY);
            double high = near(range.upper(), Double.POSITIVE_INFINITY);
            return new Shortcut(Kind.IS_BETWEEN, only, "", low, high);
        }
        return null;
    }

    private static Shortcut ofText(Kind kind, Condition condition, String text) {
        return new Shortcut(kind, condition, text, 0, 0);
    }

    private static double near(@Nullable Bound bound, double none) {
        return bound == null ? none : bound.at().doubleValue();
    }

    boolean holds(Value value) {
        if (kind == Kind.IS_BETWEEN) {
            Decimal number = value.number();
            return number != null && isBetween(number.near(), number.exact());
        }
        String seen = value.text();
        if (seen == null) {
            return false;
        }
        return switch (kind) {
            case IS -> seen.equals(text);
            case STARTS -> seen.startsWith(text);
            case ENDS -> seen.endsWith(text);
            default -> ((Wildcard) condition).glob().matches(seen);
        };
    }

    private boolean isBetween(double near, BigDecimal exact) {
        if (near > low && near < high) {
            return true;
        }
        return near >= low && near <= high && ((NumberRange) condition).matchesNumber(exact);
    }
}
