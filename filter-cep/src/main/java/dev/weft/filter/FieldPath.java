package dev.weft.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Field names as one text: joined by dots, with {@code \.} and {@code \\} for a dot and a backslash in a name. */
final class FieldPath {

    private FieldPath() {}

    /**
     * Returns the names that the text joins.
     *
     * @throws IllegalArgumentException if a backslash escapes something else or nothing; the message says what was
     *     found
     */
    static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else if (c == '\\') {
                name.append(escaped(text, ++i));
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        return names;
    }

    private static char escaped(String text, int at) {
        if (at == text.length()) {
            throw new IllegalArgumentException("a backslash at the end");
        }
        char c = text.charAt(at);
        if (c != '.' && c != '\\') {
            throw new IllegalArgumentException("\"\\" + c + "\"");
        }
        return c;
    }

    static String join(List<String> names) {
        return names.stream().map(FieldPath::escaped).collect(Collectors.joining("."));
    }

    static String escaped(String name) {
        return name.indexOf('.') < 0 && name.indexOf('\\') < 0
                ? name
                : name.replace("\\", "\\\\").replace(".", "\\.");
    }
}
