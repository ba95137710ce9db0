package dev.weft.route.transform.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the language has no bound, or another value each time: it is found in the text, because the library's tree
 * cannot be looked into.
 */
final class Unbounded {

    private static final String OF_THE_EVENT =
            "what follows from the event alone, such as $event.time: an event may be read again after a failure";

    private static final Map<String, String> FUNCTIONS = Map.of(
            "now", OF_THE_EVENT,
            "millis", OF_THE_EVENT,
            "random", OF_THE_EVENT,
            "shuffle", OF_THE_EVENT,
            "eval", "an expression that is written out: text of an event is never evaluated");

    private static final String NO_REGEX =
            "text to look for, or matches in a CEL expression:" + " a regular expression here may take for ever";

    /** Words after which a value is expected, and so a slash begins a regular expression. */
    private static final Set<String> OPERATORS = Set.of("and", "or", "in");

    private final String text;
    private final List<Found> found = new ArrayList<>();
    private int at;

    /** Whether a value may begin here; a slash after a value divides. */
    private boolean valueExpected = true;

    private Unbounded(String text) {
        this.text = text;
    }

    /**
     * Something that is refused.
     *
     * @param words what it is
     * @param offset where it begins
     * @param instead what to write
     */
    record Found(String words, int offset, String instead) {}

    static List<Found> in(String text) {
        Unbounded search = new Unbounded(text);
        while (search.at < text.length()) {
            search.token();
        }
        return search.found;
    }

    private void token() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("/*", at)) {
            skipTo("*/");
        } else if (c == '"' || c == '\'') {
            skipQuoted(c);
        } else if (c == '`') {
            at++;
            skipTo("`");
            valueExpected = false;
        } else if (c == '$' || isOfAName(c)) {
            name();
        } else if (c == '/' && valueExpected) {
            found.add(new Found("a regular expression", at, NO_REGEX));
            at++;
            skipTo("/");
            valueExpected = false;
        } else {
            valueExpected = !(c == ')' || c == ']' || c == '}');
            at++;
        }
    }

    private void name() {
        int from = at++;
        while (at < text.length() && (isOfAName(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
        }
        String name = text.substring(from, at);
        String instead = name.startsWith("$") ? FUNCTIONS.get(name.substring(1)) : null;
        if (instead != null) {
            found.add(new Found("the function " + name, from, instead));
        }
        valueExpected = OPERATORS.contains(name);
    }

    private static boolean isOfAName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        valueExpected = false;
    }

    private void skipTo(String end) {
        int there = text.indexOf(end, at);
        at = there < 0 ? text.length() : there + end.length();
    }
}
