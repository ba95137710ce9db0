package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What an expression says of one event.
 *
 * @param value true or false of a condition; JSON of a value; a missing node where it failed
 * @param failure why there is no value, holding nothing of the event's payload; null if there is one
 * @param isMissing whether it failed only because what it names is not there
 */
public record CelAnswer(JsonNode value, @Nullable String failure, boolean isMissing) {

    static final CelAnswer YES = of(BooleanNode.TRUE);
    static final CelAnswer NO = of(BooleanNode.FALSE);
    static final CelAnswer TOO_MANY_STEPS = failed("it takes more than %,d steps".formatted(Run.MOST_STEPS));

    private static final CelAnswer OPEN = failed(Failed.UNREADABLE.why());

    static CelAnswer of(Failed failed) {
        return failed == Failed.UNREADABLE
                ? OPEN
                : new CelAnswer(MissingNode.getInstance(), failed.why(), failed.missing());
    }

    static CelAnswer of(JsonNode value) {
        return new CelAnswer(value, null, false);
    }

    static CelAnswer failed(String why) {
        return new CelAnswer(MissingNode.getInstance(), why, false);
    }

    /** Returns whether there is no answer because the payload, on which it depends, cannot be read. */
    public boolean isOpen() {
        return this == OPEN;
    }

    /** Returns whether the answer is yes; a failure is not. */
    public boolean isYes() {
        return value.booleanValue();
    }
}
