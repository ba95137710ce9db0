package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * The grammar is that of JSON, with one more value: a variable. Within a text it stands for a value too.
 */
/** Reads a template of another system, which is nearly JSON, as one of Weft's. Used once. */
final class ForeignTemplate {

    private static final Pattern PRIMITIVE =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final int DEEPEST = 90;

    private final Embedded source;
    private final String template;
    private final String path;
    private final TemplateVariables variables;
    private final Problems problems;
    private int at;

    ForeignTemplate(Embedded source, String path, TemplateVariables variables, Problems problems) {
        this.source = source;
        this.template = source.text();
        this.path = path;
        this.variables = variables;
        this.problems = problems;
    }

    /** Returns whether the template is meant to be JSON: what is neither object nor list may be plain text. */
    boolean isJson() {
        String trimmed = template.strip();
        boolean structure = trimmed.startsWith("{") || trimmed.startsWith("[");
        boolean value = variables.form().matcher(trimmed).matches()
                || PRIMITIVE.matcher(trimmed).matches();
        return structure
                || value
                || trimmed.startsWith("\"") && trimmed.length() > 1 && endOfText(trimmed) == trimmed.length();
    }

    /** Returns the template as JSON; nothing if it is broken or cannot be carried over, which is said. */
    Optional<Node> json() {
        try {
            Node root = value(1);
            blanks();
            if (at < template.length()) {
                throw new Broken("more after the end of the value");
            }
            return Optional.of(root);
        } catch (Broken broken) {
            problems.add(source.at(at), path, String.valueOf(broken.getMessage()), "a template of JSON");
            return Optional.empty();
        }
    }

    /** Returns the template as plain text. */
    Scalar text() {
        return filled(template, 0);
    }

    private static int endOfText(String quoted) {
        int i = 1;
        while (i < quoted.length() && quoted.charAt(i) != '"') {
            i += quoted.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private Node value(int depth) throws Broken {
        blanks();
        if (depth > DEEPEST) {
            throw new Broken("more than " + DEEPEST + " levels");
        }
        if (at >= template.length()) {
            throw new Broken("its end");
        }
        int start = at;
        return switch (template.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                String text = quoted();
                yield filled(text, start);
            }
            default -> variableOrPrimitive();
        };
    }

    private Node object(int depth) throws Broken {
        Placed placed = placed(at++);
        Map<String, Node> members = new LinkedHashMap<>();
        blanks();
        while (!takes('}')) {
            if (!members.isEmpty()) {
                expect(',');
            }
            blanks();
            int start = at;
            if (at >= template.length() || template.charAt(at) != '"') {
                throw new Broken(found());
            }
            String name = quoted();
            if (variables.form().matcher(name).find()) {
                at = start;
                throw new Broken("a variable in the name \"" + name + "\"");
            }
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                at = start;
                throw new Broken("the name \"" + name + "\" a second time");
            }
            blanks();
        }
        return placed.mapping(members);
    }

    private Node array(int depth) throws Broken {
        Placed placed = placed(at++);
        List<Node> items = new ArrayList<>();
        blanks();
        while (!takes(']')) {
            if (!items.isEmpty()) {
                expect(',');
            }
            items.add(value(depth + 1));
            blanks();
        }
        return placed.list(items);
    }

    private Node variableOrPrimitive() throws Broken {
        Matcher variable = variables.form().matcher(template).region(at, template.length());
        if (!variable.lookingAt()) {
            return primitive();
        }
        Placed placed = placed(at);
        at = variable.end();
        return variables.alone(variable.group(1), placed).orElseGet(() -> placed.text(""));
    }

    private Node primitive() throws Broken {
        Matcher primitive = PRIMITIVE.matcher(template).region(at, template.length());
        if (!primitive.lookingAt()) {
            throw new Broken(found());
        }
        Location start = source.at(at);
        at = primitive.end();
        String written = primitive.group();
        return new Scalar(start, path, typed(written), written);
    }

    private static @Nullable Object typed(String written) throws Broken {
        try {
            return switch (written) {
                case "null" -> null;
                case "true", "false" -> Boolean.valueOf(written);
                default -> new BigDecimal(written);
            };
        } catch (NumberFormatException e) {
            throw new Broken("a number with too large an exponent");
        }
    }

    private Scalar filled(String text, int start) {
        Placed placed = placed(start);
        TemplateText filled = new TemplateText();
        Matcher variable = variables.form().matcher(text);
        int after = 0;
        while (variable.find()) {
            filled.words(variables.words(text.substring(after, variable.start())));
            variables.insideText(variable.group(1), placed).ifPresent(filled::variable);
            after = variable.end();
        }
        filled.words(variables.words(text.substring(after)));
        return placed.text(filled.toString());
    }

    private String quoted() throws Broken {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < template.length() && template.charAt(at) != '"') {
            char c = template.charAt(at++);
            text.append(c == '\\' ? escape() : c);
        }
        if (at >= template.length()) {
            throw new Broken("a text without its closing quote");
        }
        at++;
        return text.toString();
    }

    private char escape() throws Broken {
        char c = at < template.length() ? template.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> throw new Broken("the escape \\" + c);
        };
    }

    private char unicode() throws Broken {
        String digits = template.substring(at, Math.min(template.length(), at + 4));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw new Broken("the escape \\u" + digits);
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void blanks() {
        while (at < template.length() && " \t\r\n".indexOf(template.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char expected) {
        boolean there = at < template.length() && template.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char expected) throws Broken {
        blanks();
        if (!takes(expected)) {
            throw new Broken(found() + " in the place of " + expected);
        }
    }

    private String found() {
        return at < template.length() ? "the character " + template.charAt(at) : "its end";
    }

    private Placed placed(int offset) {
        return new Placed(source.at(offset), path);
    }

    /** Ends the reading of a template that is no JSON; {@code at} is where. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String found) {
            super(found, null, false, false);
        }
    }
}
