package dev.weft.route.transform;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads a JSON value whose texts are templates. */
public final class JsonTemplateReader<T extends Serializable> {

    private final Function<Scalar, Optional<T>> texts;
    private final BiConsumer<Mapping, String> names;

    /**
     * Makes a reader.
     *
     * @param texts reads a text; returns nothing if it is a problem
     * @param names is shown the name of each member, for what may not stand there
     */
    public JsonTemplateReader(Function<Scalar, Optional<T>> texts, BiConsumer<Mapping, String> names) {
        this.texts = texts;
        this.names = names;
    }

    /** Returns the template; null takes the place of what is a problem. */
    public JsonTemplate<T> read(Node node) {
        if (node instanceof Mapping mapping) {
            Map<String, JsonTemplate<T>> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> {
                names.accept(mapping, name);
                members.put(name, read(member));
            });
            return new JsonTemplate.Members<>(members);
        }
        if (node instanceof Sequence sequence) {
            List<JsonTemplate<T>> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(read(item)));
            return new JsonTemplate.Items<>(items);
        }
        Scalar scalar = (Scalar) node;
        Object value = scalar.value();
        if (value instanceof String) {
            Optional<T> text = texts.apply(scalar);
            return text.isPresent() ? new JsonTemplate.Text<>(text.get()) : new JsonTemplate.Literal<>(null);
        }
        return value instanceof BigDecimal number
                ? new JsonTemplate.Figure<>(number)
                : new JsonTemplate.Literal<>((Boolean) value);
    }
}
