package dev.weft.cep.emit;

import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Reads a text in which {@code ${...}} stands for the value of a CEL expression. Used once. */
final class GapReader {

    private final Scalar scalar;
    private final String text;
    private final Scope scope;
    private final Problems problems;
    private final List<Serializable> parts = new ArrayList<>();
    private int at;

    GapReader(Scalar scalar, Scope scope, Problems problems) {
        this.scalar = scalar;
        this.text = scalar.text();
        this.scope = scope;
        this.problems = problems;
    }

    List<Serializable> parts() {
        StringBuilder words = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                words.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                if (!words.isEmpty()) {
                    parts.add(words.toString());
                    words.setLength(0);
                }
                gap();
            } else {
                words.append(text.charAt(at++));
            }
        }
        if (!words.isEmpty()) {
            parts.add(words.toString());
        }
        return parts;
    }

    private void gap() {
        int start = at;
        int end = closing(start + 2);
        if (end < 0) {
            problems.add(
                    scalar,
                    "\"" + text.substring(start) + "\" without its }",
                    "${ a CEL expression about the match }; $${ stands for ${ itself");
            at = text.length();
            return;
        }
        at = end + 1;
        int from = text.charAt(start + 2) == '=' ? start + 3 : start + 2;
        CelExpression.value(text.substring(from, end).strip(), scalar, scope, problems)
                .ifPresent(parts::add);
    }

    /**
     * Returns the place of the brace that ends an expression, which is none within a text or a map; -1 if none does.
     */
    private int closing(int from) {
        int open = 1;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = afterQuoted(c, i);
                continue;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
            i++;
        }
        return -1;
    }

    private int afterQuoted(char quote, int from) {
        boolean raw = "rR".indexOf(text.charAt(from - 1)) >= 0;
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            i += text.charAt(i) == '\\' && !raw ? 2 : 1;
        }
        return i + 1;
    }
}
