package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes nodes as YAML the way a person would: what fits on a line stands on a line, texts go without quotes where they
 * can. Read by {@code YamlReader} with an environment, the text is the nodes again: {@code ${NAME}} is escaped.
 */
final class YamlText {

    private static final int WIDTH = 100;
    private static final Pattern PLAIN =
            Pattern.compile("(?:[A-Za-z_$/]|\\.(?=[A-Za-z]))[A-Za-z0-9_$/.@+-]*(?: [A-Za-z0-9_$/.@+-]+)*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_][A-Z0-9_]*(?::[^}]*)?}");
    private static final Set<String> NOT_TEXT =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /**
     * Returns the node over several lines, each indented by so many blanks, the last with its line end.
     *
     * @param opened how many levels of mappings get a line for each member, whether or not all would fit on one
     */
    static String of(Node node, int indent, int opened) {
        YamlText text = new YamlText();
        text.block(node, indent, opened);
        return text.out.toString();
    }

    /** Returns the text as a scalar. */
    static String scalar(String text) {
        return quoted(VARIABLE.matcher(text).replaceAll("\\$$0"));
    }

    private void block(Node node, int indent, int opened) {
        if (node instanceof Mapping mapping && !mapping.members().isEmpty()) {
            mapping.members().forEach((name, value) -> {
                indent(indent);
                out.append(quoted(name)).append(':');
                value(value, indent, indent + name.length() + 2, opened - 1);
            });
        } else if (node instanceof Sequence sequence && !sequence.items().isEmpty()) {
            sequence.items().forEach(item -> item(item, indent, opened));
        } else {
            indent(indent);
            out.append(flow(node)).append('\n');
        }
    }

    private void item(Node item, int indent, int opened) {
        String flow = flow(item);
        indent(indent);
        if (item instanceof Scalar || isEmpty(item) || opened <= 0 && indent + flow.length() + 2 <= WIDTH) {
            out.append("- ").append(flow).append('\n');
            return;
        }
        int start = out.length();
        block(item, indent + 2, opened);
        out.setCharAt(start + indent, '-');
        out.delete(start - indent, start);
    }

    private void value(Node value, int indent, int column, int opened) {
        String flow = flow(value);
        boolean opens = opened > 0 && value instanceof Mapping;
        if (value instanceof Scalar || isEmpty(value) || !opens && column + flow.length() <= WIDTH) {
            out.append(' ').append(flow).append('\n');
        } else {
            out.append('\n');
            block(value, indent + 2, opened);
        }
    }

    private static boolean isEmpty(Node node) {
        return node instanceof Mapping mapping && mapping.members().isEmpty()
                || node instanceof Sequence sequence && sequence.items().isEmpty();
    }

    private static String flow(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.members().entrySet().stream()
                    .map(YamlText::member)
                    .collect(Collectors.joining(
                            ", ",
                            mapping.members().isEmpty() ? "{" : "{ ",
                            mapping.members().isEmpty() ? "}" : " }"));
        }
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        Scalar scalar = (Scalar) node;
        return scalar.value() instanceof String text ? scalar(text) : scalar.value() == null ? "null" : scalar.text();
    }

    private static String member(Map.Entry<String, Node> member) {
        return quoted(member.getKey()) + ": " + flow(member.getValue());
    }

    private static String quoted(String text) {
        if (text.length() <= WIDTH
                && PLAIN.matcher(text).matches()
                && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        boolean escaped = text.chars().anyMatch(c -> c == '"' || c == '\\');
        boolean simple = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (escaped && simple && text.indexOf('\'') < 0) {
            return "'" + text + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> escape(quoted, c));
        return quoted.append('"').toString();
    }

    private static void escape(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
                boolean shown = c >= ' ' && c < 0x7F || Character.isLetterOrDigit(c);
                if (shown) {
                    quoted.appendCodePoint(c);
                } else {
                    quoted.append(c > 0xFFFF ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
                }
            }
        }
    }

    private void indent(int blanks) {
        out.append(" ".repeat(blanks));
    }
}
