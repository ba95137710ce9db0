package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** What one evaluation has spent of its budget. */
final class Meter {

    /** How many visits go by between two looks at the clock. */
    private static final int STRIDE = 256;

    private static final int WEIGHING_STRIDE = 8_192;

    /** Of a value in JSON: a digit and a comma. */
    private static final int LEAST_WEIGHT = 2;

    private final JqBudget budget;
    private final long nanos;

    /** Begins with the first look at the clock, as most evaluations are over before that and the look is not free. */
    private long startedAt;

    private boolean isTimed;
    private long visits;
    private long weighed;

    Meter(JqBudget budget) {
        this.budget = budget;
        this.nanos = budget.time().toNanos();
    }

    /** Counts one value looked at. */
    void visit() {
        if (++visits > budget.visits()) {
            throw new Overspent("it looks at more than " + budget.visits() + " values");
        }
        if (visits % STRIDE == 0) {
            checkTime();
        }
    }

    /** Says what is to be done before it is done, where one step does much. */
    void announce(long values) {
        visits += Math.min(values, budget.visits());
        visit();
        checkTime();
    }

    void checkTime() {
        if (spent() > nanos) {
            throw overtime();
        }
    }

    /** Returns how many nanoseconds there are left, at least one. */
    long nanosLeft() {
        return Math.max(1, nanos - spent());
    }

    private long spent() {
        long time = budget.nanoClock().getAsLong();
        if (!isTimed) {
            startedAt = time;
            isTimed = true;
        }
        return time - startedAt;
    }

    Overspent overtime() {
        return new Overspent("it takes longer than " + budget.time().toMillis() + " ms");
    }

    /** Refuses a text that is to be made, before it is. */
    void checkLength(long characters) {
        if (characters > budget.bytes()) {
            throw tooLarge();
        }
    }

    /** Refuses a value that has grown beyond bounds. Parts that stand in it many times count as many times. */
    void checkSize(JsonNode value) {
        if (value.isContainerNode() || value.isTextual() || value.isBigInteger() || value.isBigDecimal()) {
            weighed = 0;
            weigh(value, 0);
        }
    }

    private long weigh(JsonNode value, long before) {
        if (++weighed % WEIGHING_STRIDE == 0) {
            checkTime();
        }
        long weight = before + LEAST_WEIGHT;
        if (value.isTextual()) {
            weight += value.textValue().length();
        } else if (value.isObject()) {
            for (var member : value.properties()) {
                weight = weigh(member.getValue(), weight + member.getKey().length());
            }
        } else if (value.isArray()) {
            for (Iterator<JsonNode> items = value.elements(); items.hasNext(); ) {
                weight = weigh(items.next(), weight);
            }
        }
        if (weight > budget.bytes()) {
            throw tooLarge();
        }
        return weight;
    }

    private Overspent tooLarge() {
        return new Overspent("a value grows larger than " + budget.bytes() + " bytes");
    }

    /** Ends an evaluation. Unchecked, so that no {@code try} of an expression takes it for a mistake in data. */
    static final class Overspent extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String reason;

        Overspent(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
