package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Values as people are shown them: as JSON, on one line, and never longer than a line. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String text) {
        return text.length() <= LONGEST
                ? TextNode.valueOf(text).toString()
                : TextNode.valueOf(beginning(text)) + "... (" + text.length() + " characters)";
    }

    static String value(JsonNode value) {
        return value.isTextual() ? text(value.textValue()) : shortened(value.toString());
    }

    /** Returns an expression on one line, without the quotes that would make it hard to read. */
    static String expression(String text) {
        return shortened(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static String shortened(String json) {
        return json.length() <= LONGEST ? json : beginning(json) + "... (" + json.length() + " characters)";
    }

    /** Never cuts a surrogate pair. */
    private static String beginning(String text) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
