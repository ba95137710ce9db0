package dev.weft.workflow.read;

import dev.weft.config.Node;
import dev.weft.config.Scalar;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with names of the input in braces, as expressions that say the same: so what is in braces was written by
 * the author, and never came with data. By RFC 6570, section 3.2.2: a member that is missing leaves nothing.
 */
final class UriTemplates {

    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z0-9_.]+)}");

    private UriTemplates() {}

    /** Returns the address as it is, unless there are names in it. */
    static Node expression(Node at) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)
                || text.contains("${")
                || !NAMED.matcher(text).find()) {
            return at;
        }
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        String expression = "${ \"" + NAMED.matcher(quoted).replaceAll(UriTemplates::member) + "\" }";
        return new Scalar(at.at(), at.path(), expression, expression);
    }

    private static String member(MatchResult named) {
        String name = named.group(1);
        return Matcher.quoteReplacement("""
                \\(if type == "object" then .["%1$s"] else null end \
                | if . == null then "" \
                elif type == "object" or type == "array" then \
                error("{%1$s} in an address is to be text, a number or a boolean") \
                else tostring | @uri end)""".formatted(name));
    }
}
