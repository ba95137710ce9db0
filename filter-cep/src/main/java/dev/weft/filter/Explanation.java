package dev.weft.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule does or does not want an event, found by evaluating the rule as matching does, only to the end.
 *
 * @param outcome the rule's answer: matched if one alternative is, refused if all are
 * @param damage why the payload cannot be read; null where it can, or is not asked for
 * @param alternatives the rule's ways to match: one, or one for each combination of {@code $or}
 */
public record Explanation(Outcome outcome, @Nullable String damage, List<Alternative> alternatives) {

    public Explanation {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * One way for the rule to match.
     *
     * @param because what decided, as a clause that follows "refused: " or the like
     * @param findings one for each field that is asked about, attributes first
     */
    public record Alternative(Outcome outcome, String because, List<Finding> findings) {

        public Alternative {
            findings = List.copyOf(findings);
        }
    }

    /**
     * What one field was asked and what it said.
     *
     * @param path the attribute's name, or {@code data} and the names of fields, joined by dots
     * @param seen the first values seen there, as JSON, long ones cut; empty if there is none
     * @param seenCount how many values were looked at
     * @param asked the operators in words
     * @param outcome whether some value is what is asked for; undecided if the payload cannot be read
     * @param decides whether this is the field that made the alternative refuse
     */
    public record Finding(
            String path, List<String> seen, int seenCount, String asked, Outcome outcome, boolean decides) {

        public Finding {
            seen = List.copyOf(seen);
        }

        /** Returns the values on one line; {@code nothing} where there is none. */
        public String seenInWords() {
            if (outcome == Outcome.UNDECIDED) {
                return "unreadable";
            }
            if (seen.isEmpty()) {
                return "nothing";
            }
            int more = seenCount - seen.size();
            return String.join(", ", seen) + (more > 0 ? " and " + more + " more" : "");
        }
    }

    /** Returns the explanation for people: a line for the answer, then an aligned line for each field. */
    public String text() {
        return ExplanationText.of(this);
    }

    /** Returns the explanation for programs. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("outcome", outcome.toString());
        if (damage != null) {
            json.put("damage", damage);
        }
        ArrayNode all = json.putArray("alternatives");
        for (Alternative alternative : alternatives) {
            ObjectNode one = all.addObject()
                    .put("outcome", alternative.outcome().toString())
                    .put("because", alternative.because());
            ArrayNode findings = one.putArray("findings");
            alternative.findings().forEach(finding -> findings.add(json(finding)));
        }
        return json;
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("path", finding.path());
        ArrayNode seen = json.putArray("seen");
        finding.seen().forEach(seen::add);
        return json.put("seenCount", finding.seenCount())
                .put("asked", finding.asked())
                .put("outcome", finding.outcome().toString())
                .put("decides", finding.decides());
    }
}
