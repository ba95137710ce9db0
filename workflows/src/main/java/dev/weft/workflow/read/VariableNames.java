package dev.weft.workflow.read;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.workflow.parts.Locals;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads names that tasks give to variables, without {@code $}. */
final class VariableNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private final Problems problems;

    VariableNames(Problems problems) {
        this.problems = problems;
    }

    String read(Field field, String otherwise) {
        return field.parsed(
                        "a name of letters, digits and _ for a variable, none of those that have a meaning, such as"
                                + " $context",
                        text -> Optional.of(text).filter(it -> NAME.matcher(it).matches() && !Locals.isReserved(it)))
                .orElse(otherwise);
    }

    void refuseSame(Fields fields, String key, String one, String other) {
        if (one.equals(other)) {
            problems.add(fields.keyAt(key), fields.path(key), "the variable $" + one + " twice", "two names");
        }
    }
}
