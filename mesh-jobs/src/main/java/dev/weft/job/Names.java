package dev.weft.job;

import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of the names in a job config, with how each is described to someone who missed it. */
final class Names {

    static final String LABEL = "a name of lower-case letters, digits and inner hyphens, at most 63";
    static final String NAME = "a name of lower-case letters, digits and hyphens, at most 63";

    private static final Pattern LABEL_FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME_FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    /** An RFC 1123 label. */
    static Optional<String> label(String text) {
        return Optional.of(text).filter(it -> LABEL_FORM.matcher(it).matches());
    }

    static boolean isName(String text) {
        return NAME_FORM.matcher(text).matches();
    }

    static Optional<String> name(String text) {
        return Optional.of(text).filter(Names::isName);
    }
}
