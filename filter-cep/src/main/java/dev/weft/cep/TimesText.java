package dev.weft.cep;

import dev.weft.cep.Pattern.Times;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * How often, as a file says it.
 *
 * @param optional whether never will do too
 */
record TimesText(Times times, boolean optional) {

    static final int MOST = 10_000;
    static final String EXPECTED =
            "a number such as 3, a range such as 2..5, or 3+ for any number from 3, up to " + MOST;

    private static final java.util.regex.Pattern FORM =
            java.util.regex.Pattern.compile("([0-9]{1,6})(?:(\\+)|\\.\\.([0-9]{1,6}))?");

    static Optional<TimesText> read(Node at, Problems problems) {
        Optional<TimesText> read =
                at instanceof Scalar scalar && scalar.value() != null ? parse(scalar.text()) : Optional.empty();
        if (read.isEmpty()) {
            problems.add(at, at.described(), EXPECTED);
        }
        return read;
    }

    private static Optional<TimesText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int least = Integer.parseInt(form.group(1));
        int most = form.group(2) != null
                ? Times.UNBOUNDED
                : form.group(3) != null ? Integer.parseInt(form.group(3)) : least;
        boolean bounded = least <= MOST && (most <= MOST || most == Times.UNBOUNDED);
        return bounded && most >= Math.max(least, 1)
                ? Optional.of(new TimesText(new Times(Math.max(least, 1), most), least == 0))
                : Optional.empty();
    }
}
