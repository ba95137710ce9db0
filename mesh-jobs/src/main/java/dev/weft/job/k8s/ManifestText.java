package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes YAML that every reader takes alike. kubectl reads YAML 1.1, where {@code no}, {@code 0o7} and {@code 1_000}
 * are no text: what might be read as anything else than text is quoted.
 */
public final class ManifestText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9._/@+-]*(?: [A-Za-z0-9._/@+-]+)*");
    private static final Pattern A_WORD_OF_YAML = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final Pattern BLOCK = Pattern.compile("(?s)[^\\s].*\\n");
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ufeff\\u2028\\u2029]");

    private final StringBuilder text = new StringBuilder();

    private ManifestText() {}

    /** Returns one document, which ends with a line break. */
    public static String of(JsonNode document) {
        ManifestText written = new ManifestText();
        written.block(document, 0);
        return written.text.toString();
    }

    /** Returns several documents, one behind the other. */
    public static String stream(List<Manifest> manifests) {
        StringBuilder all = new StringBuilder();
        manifests.forEach(manifest -> all.append("---\n").append(of(manifest.object())));
        return all.toString();
    }

    private void block(JsonNode node, int depth) {
        if (node.isObject() && !node.isEmpty()) {
            boolean first = true;
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!first) {
                    indent(depth);
                }
                first = false;
                text.append(scalar(member.getKey())).append(':');
                value(member.getValue(), member.getValue().isArray() ? depth : depth + 1);
            }
        } else if (node.isArray() && !node.isEmpty()) {
            Iterator<JsonNode> items = node.elements();
            while (items.hasNext()) {
                text.append("- ");
                block(items.next(), depth + 1);
                if (items.hasNext()) {
                    indent(depth);
                }
            }
        } else {
            inline(node, depth);
        }
    }

    private void value(JsonNode node, int depth) {
        if (node.isContainerNode() && !node.isEmpty()) {
            text.append('\n');
            indent(depth);
            block(node, depth);
        } else {
            text.append(' ');
            inline(node, depth);
        }
    }

    private void inline(JsonNode node, int depth) {
        if (node.isTextual() && isBlock(node.textValue())) {
            text.append("|\n");
            node.textValue().lines().forEach(line -> {
                if (!line.isEmpty()) {
                    indent(depth);
                }
                text.append(line).append('\n');
            });
        } else {
            String shown = node.isTextual()
                    ? scalar(node.textValue())
                    : node.isNumber() ? node.decimalValue().toPlainString() : node.toString();
            text.append(shown).append('\n');
        }
    }

    /** A text of several lines whose first is not indented and that ends with one line break. */
    private static boolean isBlock(String value) {
        return BLOCK.matcher(value).matches()
                && !value.endsWith("\n\n")
                && value.indexOf('\n') < value.length() - 1
                && !UNPRINTABLE.matcher(value).find();
    }

    private static String scalar(String value) {
        boolean plain =
                PLAIN.matcher(value).matches() && !A_WORD_OF_YAML.matcher(value).matches();
        if (plain) {
            return value;
        }
        // A string of JSON is one of YAML, too.
        return TextNode.valueOf(value).toString();
    }

    private void indent(int depth) {
        text.append("  ".repeat(depth));
    }
}
