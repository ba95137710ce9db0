package dev.weft.filter.cel;

import dev.cel.common.CelIssue;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mistakes in one expression, each with its place in it: where a character of a text stands in the file depends on
 * how YAML quotes or folds it.
 */
final class Mistakes {

    private static final int SHOWN = 60;
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']+)' applied to '([^']+)'.*", Pattern.DOTALL);
    private static final Pattern OTHER_TYPE = Pattern.compile("expected type '([^']+)' but found '([^']+)'.*");

    private final String text;
    private final Node at;
    private final Problems problems;

    Mistakes(String text, Node at, Problems problems) {
        this.text = text;
        this.at = at;
        this.problems = problems;
    }

    void add(String found, String expected) {
        problems.add(at, found, expected);
    }

    /**
     * Adds a mistake.
     *
     * @param offset its place, in code points from the expression's start
     */
    void add(String found, int offset, String expected, Optional<String> nearest) {
        int[] lineAndColumn = {1, 1};
        text.codePoints().limit(offset).forEach(c -> {
            lineAndColumn[0] += c == '\n' ? 1 : 0;
            lineAndColumn[1] = c == '\n' ? 1 : lineAndColumn[1] + 1;
        });
        add(found, lineAndColumn[0], lineAndColumn[1], expected, nearest);
    }

    /** Adds what keeps the expression from being read. */
    void addSyntax(CelIssue issue) {
        if (issue.getMessage().contains("'<EOF>'")) {
            add(issue, "the end", "more of a CEL expression");
        } else {
            add(issue, "\"" + words(issue.getMessage()) + "\"", "a CEL expression");
        }
    }

    /** Adds what does not go together. */
    void addOfTypes(CelIssue issue) {
        Matcher overload = NO_OVERLOAD.matcher(issue.getMessage());
        if (overload.matches()) {
            String name = Functions.written(overload.group(1));
            String types = overload.group(2).replace(".()", "").replace(".(", ", ");
            add(
                    issue,
                    "\"" + name + "\" applied to " + (types.startsWith("(") ? types : "(" + types),
                    "types that go together");
            return;
        }
        Matcher type = OTHER_TYPE.matcher(issue.getMessage());
        if (type.matches()) {
            add(issue, "the type " + type.group(2), "the type " + type.group(1));
        } else {
            add(issue, "\"" + words(issue.getMessage()) + "\"", "an expression whose types go together");
        }
    }

    private void add(CelIssue issue, String found, String expected) {
        int line = issue.getSourceLocation().getLine();
        int column = issue.getSourceLocation().getColumn();
        add(found, Math.max(line, 1), Math.max(column, 0) + 1, expected, Optional.empty());
    }

    private void add(String found, int line, int column, String expected, Optional<String> nearest) {
        String place = (text.indexOf('\n') < 0 ? "" : "line " + line + ", ") + "character " + column;
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        problems.add(
                new Problem(at.at(), at.path(), found + " at " + place + " of \"" + shown + "\"", expected, nearest));
    }

    /** The parser ends its words with a list of what else it knows, which is long and helps nobody. */
    private static String words(String message) {
        int list = message.indexOf(" expecting {");
        return list < 0 ? message : message.substring(0, list);
    }
}
