package dev.weft.filter.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions of text whose cost is more than the text's length. */
final class Texts {

    /** RE2 keeps every state of the expression alive at each character. */
    private static final int CHARACTERS_PER_STEP = 4;

    private static final int STATES_PER_STEP = 32;
    private static final int MOST_STATES = 1_000;

    static final String PATTERN = "a regular expression as RE2 has them, of at most " + MOST_STATES + " states";

    private static final Failed NO_PATTERN = new Failed("matches is not given " + PATTERN);

    private Texts() {}

    /**
     * Returns whether a regular expression is found anywhere in a text, in time that grows with both and no faster.
     *
     * @param known the expression, where it does not depend on the event
     */
    static Code matches(Code text, Code expression, @Nullable Pattern known) {
        return run -> {
            Object within = text.eval(run);
            if (within instanceof Failed) {
                return within;
            }
            Object written = expression.eval(run);
            if (!(within instanceof String string && written instanceof String regex)) {
                return written instanceof Failed ? written : Functions.inapplicable("matches", within, written);
            }
            run.payForText(regex.length());
            Pattern pattern = known == null ? compiled(regex) : known;
            if (pattern == null) {
                return NO_PATTERN;
            }
            run.pay((string.length() / CHARACTERS_PER_STEP + 1L) * (1 + pattern.programSize() / STATES_PER_STEP));
            return pattern.matcher(string).find();
        };
    }

    /** Returns the regular expression; null if it is none or too large a one. */
    static @Nullable Pattern compiled(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return pattern.programSize() > MOST_STATES ? null : pattern;
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    static Code contains(Code text, Code part) {
        return run -> {
            Object within = text.eval(run);
            if (within instanceof Failed) {
                return within;
            }
            Object sought = part.eval(run);
            if (!(within instanceof String string && sought instanceof String piece)) {
                return sought instanceof Failed ? sought : Functions.inapplicable("contains", within, sought);
            }
            // Java looks for the piece at every place, and may go through much of it at each.
            run.pay((string.length() / 16 + 1L) * (1 + piece.length() / 32));
            return string.contains(piece);
        };
    }
}
