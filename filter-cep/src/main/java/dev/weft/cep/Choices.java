package dev.weft.cep;

import dev.weft.config.Field;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads constants by their names in camel case: {@code FOLLOWED_BY} is {@code followedBy}. */
final class Choices {

    private Choices() {}

    static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        Map<String, E> accepted = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            accepted.put(name(constant), constant);
        }
        return accepted;
    }

    static String name(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    static <E extends Enum<E>> Optional<E> read(Field field, Class<E> type, Problems problems) {
        Map<String, E> accepted = of(type);
        return field.node(Nearest.list(accepted.keySet())).flatMap(at -> one(at, accepted, problems));
    }

    private static <E> Optional<E> one(Node at, Map<String, E> accepted, Problems problems) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String text) {
            if (!accepted.containsKey(text)) {
                problems.addUnknown(at, "value", text, accepted.keySet());
            }
            return Optional.ofNullable(accepted.get(text));
        }
        problems.add(at, at.described(), Nearest.list(accepted.keySet()));
        return Optional.empty();
    }
}
