package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** About how long JSON is as text. Exact but for what has to be escaped, and numbers. */
final class JsonSize {

    private static final int NUMBER = 8;
    private static final int PUNCTUATION = 2;

    private JsonSize() {}

    /** How deep JSON may be nested; what is deeper is never within any size. */
    static final int DEEPEST = 1000;

    static boolean isWithin(JsonNode node, int bytes) {
        return left(node, bytes, 0) >= 0;
    }

    /** Returns what is left of the bytes; less than 0 once they do not suffice. */
    private static int left(JsonNode node, int bytes, int depth) {
        if (depth > DEEPEST) {
            return -1;
        }
        int left = bytes - PUNCTUATION;
        if (node.isTextual()) {
            return left - node.textValue().length();
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                left = left(field.getValue(), left - field.getKey().length() - PUNCTUATION, depth + 1);
                if (left < 0) {
                    return left;
                }
            }
            return left;
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size() && left >= 0; i++) {
                left = left(node.get(i), left, depth + 1);
            }
            return left;
        }
        return left - NUMBER;
    }
}
