package dev.weft.function.module;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of functions, values, ingresses and egresses: {@code namespace/name}. */
final class TypeNames {

    static final String EXPECTED = "namespace/name";

    private static final Pattern FORM = Pattern.compile("[^\\s*]+/[^\\s*/]+");

    private TypeNames() {}

    static Optional<FunctionType> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(FunctionType.parse(text)) : Optional.empty();
    }

    static Optional<FunctionType> read(Node at, Problems problems) {
        Optional<FunctionType> read =
                at instanceof Scalar scalar && scalar.value() instanceof String text ? parse(text) : Optional.empty();
        if (read.isEmpty()) {
            problems.add(at, at.described(), EXPECTED);
        }
        return read;
    }
}
