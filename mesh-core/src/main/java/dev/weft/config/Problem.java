package dev.weft.config;

import java.util.Comparator;
import java.util.Optional;

/**
 * One mistake in a file a person wrote, said so that the person can fix it without reading our code.
 *
 * @param at where it is, as an editor would open it
 * @param path the field, as a JSON path from the document's root: {@code $.spec.routes[2].where}
 * @param found what the file says, ready to stand after the word "found"
 * @param expected what would have been accepted, ready to stand after the word "expected"
 * @param suggestion the nearest accepted value, when one is close enough to be a likely typo
 */
public record Problem(Location at, String path, String found, String expected, Optional<String> suggestion) {

    /** As much of a path, or of what a file says, as a person will read; files can hold names of any length. */
    private static final int PART = 300;

    /** The order in which problems are reported: as a reader meets them in the file. */
    public static final Comparator<Problem> IN_READING_ORDER = Comparator.comparing(
                    (Problem problem) -> problem.at().file())
            .thenComparingInt(problem -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column())
            .thenComparing(Problem::path)
            .thenComparing(Problem::found);

    /** Returns the problem on one line, starting with {@code file:line:column} so terminals can link it. */
    public String message() {
        String hint =
                suggestion.map(value -> ". Did you mean \"" + value + "\"?").orElse("");
        return Shown.onOneLine("%s: %s: found %s, expected %s%s"
                .formatted(at, Shown.atMost(PART, path), Shown.atMost(PART, found), expected, hint));
    }
}
