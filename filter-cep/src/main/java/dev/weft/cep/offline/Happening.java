package dev.weft.cep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that happened to one pattern at one key, or that did not and why.
 *
 * @param step which step it concerns; empty if none alone
 * @param said it in words, without the values
 * @param values of a condition that is not met: what it names and what that was; a missing node where there is nothing
 */
public record Happening(What what, String step, String said, Map<String, JsonNode> values) {

    private static final int LONGEST = 80;

    public Happening {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Happening(What what, String step, String said) {
        this(what, step, said, Map.of());
    }

    /** What can happen. */
    public enum What {
        /** The event was taken. */
        TAKEN,
        /** A match is complete. */
        MATCHED,
        /** The time of a match that had begun is over. */
        TIMED_OUT,
        /** The event alone is what a step wants, and with the events before it is not. */
        NOT_MET,
        /** The event is not what a step wants that is waited for. */
        REFUSED,
        /** The event is what a step wants, and no match has come so far as to wait for it. */
        NOT_AWAITED,
        /** The event is none of those that the pattern looks at. */
        OUTSIDE,
        /** The event must be absent, and ends a match that had begun; or keeps one from beginning. */
        ENDED_BY_ABSENT,
        /** The event ends every match that had begun. */
        ENDED_BY_UNTIL,
        /** The event stands where the very next had to be another, and ends a match that had begun. */
        INTERRUPTED,
        /** A match ends another that overlaps. */
        SKIPPED,
        /** A match is complete and not as {@code having} wants it. */
        REJECTED,
        /** There were more than the limit. */
        DROPPED
    }

    /** Returns all of it in words, as a clause. */
    public String text() {
        String seen = values.entrySet().stream()
                .map(value -> value.getKey() + " = " + shown(value.getValue()))
                .collect(Collectors.joining(", "));
        return seen.isEmpty() ? said : said + ", with " + seen;
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
