package dev.weft.delivery;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which answers are worth another try.
 *
 * @param written three digits each, such as {@code 429}, or {@code 5xx} for all of a class
 */
public record RetryStatuses(List<String> written) implements Serializable {

    /** What one of them looks like. */
    public static final String EXPECTED = "a status such as \"429\", or a class of them such as \"5xx\"";

    /** Those of Knative's data plane specification. */
    public static final RetryStatuses DEFAULT = new RetryStatuses(List.of("404", "408", "409", "429", "5xx"));

    private static final Pattern STATUS = Pattern.compile("[345](\\d\\d|xx)");

    public RetryStatuses {
        written = List.copyOf(written);
    }

    /** Returns the text if it names a status that is no success. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(it -> STATUS.matcher(it).matches());
    }

    /** Whether an answer of that status is worth another try. */
    public boolean contain(int status) {
        String exact = Integer.toString(status);
        String family = status / 100 + "xx";
        return written.contains(exact) || written.contains(family);
    }
}
