package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI with names in braces, each of which stands for a member of the data: the simple expansion of RFC 6570, section
 * 3.2.2, without modifiers. A member that is missing or null leaves nothing; what is no letter, digit, or one of
 * {@code -._~} is percent-encoded as UTF-8.
 */
public final class UriTemplate {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
    private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)}");

    private final String text;
    private final List<String> literals;
    private final List<String> names;

    private UriTemplate(String text, List<String> literals, List<String> names) {
        this.text = text;
        this.literals = literals;
        this.names = names;
    }

    /** Returns the template, or nothing if a brace is unmatched or has something other than a name in it. */
    public static Optional<UriTemplate> parse(String text) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Matcher expression = EXPRESSION.matcher(text);
        int from = 0;
        while (expression.find()) {
            if (!NAME.matcher(expression.group(1)).matches()) {
                return Optional.empty();
            }
            literals.add(text.substring(from, expression.start()));
            names.add(expression.group(1));
            from = expression.end();
        }
        literals.add(text.substring(from));
        boolean unmatched = literals.stream().anyMatch(literal -> literal.contains("{") || literal.contains("}"));
        return unmatched ? Optional.empty() : Optional.of(new UriTemplate(text, literals, names));
    }

    /**
     * Returns the URI for this data, which may be anything: only an object has members.
     *
     * @throws JqFailure if a member is an object or an array
     */
    public String expand(JsonNode data) throws JqFailure {
        StringBuilder uri = new StringBuilder(literals.get(0));
        for (int i = 0; i < names.size(); i++) {
            JsonNode value = data.path(names.get(i));
            if (value.isContainerNode()) {
                throw new JqFailure(text + ": {" + names.get(i) + "} is to be text, a number or a boolean, found "
                        + value.getNodeType());
            }
            if (!value.isNull() && !value.isMissingNode()) {
                encode(value.asText(), uri);
            }
            uri.append(literals.get(i + 1));
        }
        return uri.toString();
    }

    /** Writes a value so that it can stand anywhere in a URI and means nothing there but itself. */
    public static void encode(String value, StringBuilder uri) {
        for (byte part : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (part & 0xFF);
            boolean unreserved = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (unreserved) {
                uri.append(c);
            } else {
                uri.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    /** Returns the template as written. */
    @Override
    public String toString() {
        return text;
    }
}
