package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value that is delivered as it stands, as a template in which nothing is a variable. */
final class JsonConstant {

    private JsonConstant() {}

    static Node template(Node value) {
        if (value instanceof Mapping mapping) {
            Map<String, Node> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> members.put(name, template(member)));
            return new Mapping(mapping.at(), mapping.path(), members, mapping.keys());
        }
        if (value instanceof Sequence sequence) {
            return Placed.at(value)
                    .list(sequence.items().stream().map(JsonConstant::template).toList());
        }
        Scalar scalar = (Scalar) value;
        return scalar.value() instanceof String text ? Placed.at(value).text(TemplateText.escaped(text)) : scalar;
    }
}
