package dev.weft.filter;

/**
 * Why a rule does or does not want an event, in short: what one rule of many is told where an {@link Explanation} of
 * each would be too much to make and to read.
 *
 * @param outcome the rule's answer
 * @param because what decided, as a clause that follows "refused: " or the like. Of a rule that is refused it is the
 *     one test that the index found to fail: the same for all rules it was shared by, and not always the first that the
 *     rule's text names. Of several alternatives it is that of the first
 */
public record Reason(Outcome outcome, String because) {

    static final Reason NOTHING_WANTED = new Reason(Outcome.REFUSED, "no event is wanted");
}
