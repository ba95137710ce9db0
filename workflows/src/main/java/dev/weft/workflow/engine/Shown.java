package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON as people are told of it. */
final class Shown {

    private static final int LONGEST = 200;

    private Shown() {}

    /** Returns a text as it is, all else as JSON. */
    static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    /** Returns it as JSON, cut where it is long. */
    static String briefly(JsonNode node) {
        String text = node.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
