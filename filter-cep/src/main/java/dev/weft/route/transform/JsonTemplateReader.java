package dev.weft.route.transform;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON value in whose texts {@code ${...}} stands for a value of the event. */
final class JsonTemplateReader {

    private final Problems problems;

    JsonTemplateReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the template; null takes the place of what is a problem. */
    JsonTemplate read(Node node) {
        if (node instanceof Mapping mapping) {
            return members(mapping);
        }
        if (node instanceof Sequence sequence) {
            List<JsonTemplate> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(read(item)));
            return new JsonTemplate.Items(items);
        }
        Scalar scalar = (Scalar) node;
        Object value = scalar.value();
        if (value instanceof String) {
            return TextTemplateReader.read(scalar, problems)
                    .<JsonTemplate>map(JsonTemplate.Text::new)
                    .orElse(JsonTemplate.Literal.NULL);
        }
        if (value instanceof BigDecimal number) {
            return new JsonTemplate.Figure(number);
        }
        return value == null
                ? JsonTemplate.Literal.NULL
                : value.equals(true) ? JsonTemplate.Literal.TRUE : JsonTemplate.Literal.FALSE;
    }

    private JsonTemplate members(Mapping mapping) {
        Map<String, JsonTemplate> members = new LinkedHashMap<>();
        mapping.members().forEach((name, member) -> {
            if (name.contains("${")) {
                problems.add(
                        mapping.keyAt(name),
                        Mapping.memberPath(mapping.path(), name),
                        "the name \"" + name + "\"",
                        "a name without ${: variables stand in values");
            }
            members.put(name, read(member));
        });
        return new JsonTemplate.Members(members);
    }
}
