package dev.weft.workflow.jq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.ParseException;
import net.thisptr.jackson.jq.internal.javacc.Token;
import org.jspecify.annotations.Nullable;

/** Reads the text of an expression, and says what is wrong with it. */
final class Parsing {

    private static final int SHOWN = 80;
    private static final String EXPECTED = "an expression in jq";

    /** How the library's scanner says where it stopped. */
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private Parsing() {}

    static Expression parsed(String text) throws JqException {
        if (text.isBlank()) {
            throw new JqException("nothing", EXPECTED);
        }
        if (text.length() > Jq.LONGEST) {
            throw new JqException("an expression of " + text.length() + " characters", "one of at most " + Jq.LONGEST);
        }
        try {
            return ExpressionParser.compile(text, Builtins.JQ);
        } catch (JsonQueryException e) {
            throw mistake(text, e.getCause());
        } catch (StackOverflowError e) {
            throw new JqException("an expression that is nested too deeply", EXPECTED);
        }
    }

    /** Returns the text of an expression as it may stand in a message. */
    static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private static JqException mistake(String text, @Nullable Throwable cause) {
        if (cause instanceof ParseException parsing && parsing.currentToken != null) {
            Token token = parsing.currentToken.next;
            if (token.image.isEmpty()) {
                return new JqException("\"" + shown(text) + "\", which ends too early", EXPECTED);
            }
            return new JqException(
                    "\"" + shown(token.image) + "\"" + place(token.beginLine, token.beginColumn) + " of \""
                            + shown(text) + "\"",
                    token.image.equals("end") ? "\"else\", which every \"if\" must have" : EXPECTED);
        }
        Matcher place = PLACE.matcher(cause == null || cause.getMessage() == null ? "" : cause.getMessage());
        String where = place.find() ? place(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))) : "";
        return new JqException("\"" + shown(text) + "\", which is none" + where, EXPECTED);
    }

    private static String place(int line, int column) {
        return " at " + (line == 1 ? "" : "line " + line + ", ") + "column " + column;
    }
}
