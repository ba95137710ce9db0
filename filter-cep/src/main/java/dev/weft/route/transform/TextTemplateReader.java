package dev.weft.route.transform;

import dev.weft.config.Nearest;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.filter.cel.CelExpression;
import dev.weft.route.transform.TextTemplate.Gap;
import dev.weft.route.transform.TextTemplate.Part;
import dev.weft.route.transform.TextTemplate.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * The grammar, read from left to right:
 *
 *   text     = { "$${" | variable | any character }        "$${" stands for the text ${
 *   variable = "${" ( attribute | "data" { step } | "=" expression ) "}"
 *   step     = "." name | "[" digits "]" | "['" { any | "\'" | "\\" } "']"
 */
/** Reads a text in which {@code ${...}} stands for a value of the event. */
final class TextTemplateReader {

    private static final String EXPECTED = "${attribute} (lower-case letters and digits), ${data},"
            + " a path such as ${data.items[0].sku} or ${data['odd name']},"
            + " or ${= and a CEL expression}; $${ stands for ${ itself";
    private static final String ENDS_A_NAME = ".[]{}'\"\\$";
    private static final int MOST_DIGITS = 9;
    private static final List<String> HEADS =
            List.of("data", "id", "source", "type", "subject", "time", "dataschema", "datacontenttype", "specversion");

    private final String text;
    private final @Nullable Scalar scalar;
    private final Problems problems;
    private int at;

    private TextTemplateReader(String text, @Nullable Scalar scalar, Problems problems) {
        this.text = text;
        this.scalar = scalar;
        this.problems = problems;
    }

    private static TextTemplateReader ofVariable(String variable) {
        return new TextTemplateReader(variable, null, new Problems());
    }

    /** Returns the template that the text writes; nothing if a variable in it cannot be read, which is a problem. */
    static Optional<TextTemplate> read(Scalar scalar, Problems problems) {
        int before = problems.count();
        TextTemplateReader reader = new TextTemplateReader(scalar.text(), scalar, problems);
        try {
            List<Part> parts = reader.parts();
            return problems.count() > before ? Optional.empty() : Optional.of(new TextTemplate(scalar.text(), parts));
        } catch (NoVariableException e) {
            problems.add(
                    new Problem(scalar.at(), scalar.path(), reader.found(e.start), EXPECTED, reader.nearest(e.start)));
            return Optional.empty();
        }
    }

    /** Returns the one variable that stands between the braces as {@code inside}; nothing if none does. */
    static Optional<Variable.Named> variable(String inside) {
        TextTemplateReader reader = ofVariable("${" + inside + "}");
        try {
            List<Part> parts = reader.parts();
            return parts.size() == 1
                            && parts.get(0) instanceof Gap gap
                            && gap.variable() instanceof Variable.Named named
                    ? Optional.of(named)
                    : Optional.empty();
        } catch (NoVariableException e) {
            return Optional.empty();
        }
    }

    /** Returns what was probably meant by the inside of a variable that is none. */
    static Optional<String> nearestTo(String inside) {
        return ofVariable("${" + inside + "}").nearest(0).map(variable -> variable.substring(2, variable.length() - 1));
    }

    private List<Part> parts() throws NoVariableException {
        List<Part> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                words.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                if (!words.isEmpty()) {
                    parts.add(new Words(words.toString()));
                    words.setLength(0);
                }
                if (scalar != null && text.startsWith("${=", at)) {
                    expression(scalar).ifPresent(variable -> parts.add(new Gap(variable)));
                } else {
                    parts.add(new Gap(variable()));
                }
            } else {
                words.append(text.charAt(at++));
            }
        }
        if (!words.isEmpty()) {
            parts.add(new Words(words.toString()));
        }
        return parts;
    }

    /** Reads an expression up to the brace that closes it, which is none within a text or a map of the expression. */
    private Optional<Variable> expression(Scalar node) throws NoVariableException {
        int start = at;
        at += 3;
        int open = 1;
        while (open > 0) {
            if (at >= text.length()) {
                at = start;
                throw new NoVariableException(start);
            }
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                skipQuoted(c, start);
            } else {
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
                at++;
            }
        }
        String expression = text.substring(start + 3, at - 1).strip();
        return CelExpression.value(expression, node, problems).map(Variable.OfCel::new);
    }

    private void skipQuoted(char quote, int start) throws NoVariableException {
        boolean raw = "rR".indexOf(text.charAt(at - 1)) >= 0;
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new NoVariableException(start);
        }
        at++;
    }

    private Variable variable() throws NoVariableException {
        int start = at;
        at += 2;
        String head = name();
        List<Step> steps = new ArrayList<>();
        while (!takes("}")) {
            if (!head.equals("data")) {
                throw new NoVariableException(start);
            }
            steps.add(step(start));
        }
        if (head.equals("data")) {
            return new Variable.OfPayload(text.substring(start, at), steps);
        }
        if (!AttributeRules.isName(head)) {
            throw new NoVariableException(start);
        }
        return new Variable.OfAttribute(head);
    }

    private Step step(int start) throws NoVariableException {
        if (takes("['")) {
            return new Step.Member(quoted(start));
        }
        if (takes("[")) {
            return new Step.Element(index(start));
        }
        String name = takes(".") ? name() : "";
        if (name.isEmpty()) {
            throw new NoVariableException(start);
        }
        return new Step.Member(name);
    }

    private String quoted(int start) throws NoVariableException {
        StringBuilder name = new StringBuilder();
        while (!takes("']")) {
            if (text.startsWith("\\'", at) || text.startsWith("\\\\", at)) {
                at++;
            } else if (at >= text.length() || text.charAt(at) == '\'' || text.charAt(at) == '\\') {
                throw new NoVariableException(start);
            }
            name.append(text.charAt(at++));
        }
        return name.toString();
    }

    private int index(int start) throws NoVariableException {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int digits = at - from;
        if (digits == 0 || digits > MOST_DIGITS || !takes("]")) {
            throw new NoVariableException(start);
        }
        return Integer.parseInt(text, from, from + digits, 10);
    }

    private String name() {
        int from = at;
        while (at < text.length() && isOfAName(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isOfAName(char c) {
        return ENDS_A_NAME.indexOf(c) < 0 && !Character.isWhitespace(c) && !Character.isISOControl(c);
    }

    private boolean takes(String expected) {
        boolean there = text.startsWith(expected, at);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    private String found(int start) {
        int end = text.indexOf('}', start);
        return end < 0
                ? "\"" + text.substring(start) + "\" without its }"
                : "\"" + text.substring(start, end + 1) + "\"";
    }

    /** Returns the variable that was meant, if its first word is nearly one there is and the rest is a path. */
    private Optional<String> nearest(int start) {
        int end = text.indexOf('}', start);
        if (end < 0) {
            return Optional.empty();
        }
        String inside = text.substring(start + 2, end);
        at = start + 2;
        String head = name();
        String rest = inside.substring(Math.min(head.length(), inside.length()));
        List<String> heads = rest.isEmpty() ? HEADS : List.of("data");
        return Nearest.to(head, heads)
                .map(name -> "${" + name + rest + "}")
                .filter(variable -> !head.isEmpty() && isVariable(variable));
    }

    private static boolean isVariable(String written) {
        TextTemplateReader reader = ofVariable(written);
        try {
            return reader.parts().size() == 1;
        } catch (NoVariableException e) {
            return false;
        }
    }

    /** Ends the reading of a text in which something that begins like a variable is none. */
    private static final class NoVariableException extends Exception {
        private static final long serialVersionUID = 1;
        private final int start;

        NoVariableException(int start) {
            super("no variable at " + start, null, false, false);
            this.start = start;
        }
    }
}
