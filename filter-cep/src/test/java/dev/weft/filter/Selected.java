package dev.weft.filter;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Optional;

/** A selection as a route writes it, in YAML or JSON, and what the reader makes of it. */
record Selected(Rule rule, List<String> messages) {

    static Selected of(String text) {
        Problems problems = new Problems();
        Optional<Node> route = YamlReader.read("route.yaml", text, Substitution.none(), problems);
        Rule rule = route.map(node -> {
                    Fields fields = Fields.of(node, problems);
                    Rule read = SelectionReader.read(fields, problems);
                    fields.close();
                    return read;
                })
                .orElse(Rule.nothing());
        return new Selected(
                rule, problems.inReadingOrder().stream().map(Problem::message).toList());
    }

    static Rule rule(String text) {
        Selected selected = of(text);
        if (!selected.messages().isEmpty()) {
            throw new IllegalArgumentException(text + "\n" + String.join("\n", selected.messages()));
        }
        return selected.rule();
    }
}
