package dev.weft.config;

/** Text of a file as it may stand in a message: on one line, of bearable length, without control characters. */
final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    /** Returns the text with line ends and other control characters written as escapes. */
    static String onOneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> shown.append(Character.isISOControl(c) ? "\\u%04x".formatted(c) : (char) c);
            }
        });
        return shown.toString();
    }

    /** Returns the beginning of a long value, or the value. */
    static String shortened(String text) {
        return atMost(LONGEST, text);
    }

    /** Returns the beginning of a text that is longer than that, or the text. */
    static String atMost(int characters, String text) {
        return text.length() <= characters ? text : text.substring(0, characters) + "...";
    }
}
