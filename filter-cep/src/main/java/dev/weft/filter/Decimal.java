package dev.weft.filter;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * A number that is compared often. Rounding to a double keeps order, so where the doubles differ so do the numbers, the
 * same way; only where they are equal are the exact digits looked at.
 */
record Decimal(BigDecimal exact, double near) {

    static final Comparator<Decimal> BY_VALUE = Decimal::compare;

    static Decimal of(BigDecimal exact) {
        return new Decimal(exact, exact.doubleValue());
    }

    static int compare(Decimal one, Decimal other) {
        return one.near < other.near ? -1 : one.near > other.near ? 1 : one.exact.compareTo(other.exact);
    }
}
