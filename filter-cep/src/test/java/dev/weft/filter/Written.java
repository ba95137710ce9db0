package dev.weft.filter;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Optional;

/** A rule as a person writes it, in YAML or JSON, and what the parser makes of it. */
record Written(Rule rule, List<Problem> problems) {

    static Written of(String text) {
        Problems problems = new Problems();
        Optional<Node> where = YamlReader.read("rule.yaml", text, Substitution.none(), problems);
        Rule rule = where.map(node -> RuleParser.parse(node, problems)).orElse(Rule.nothing());
        return new Written(rule, problems.inReadingOrder());
    }

    static Rule rule(String text) {
        Written written = of(text);
        if (!written.problems().isEmpty()) {
            throw new IllegalArgumentException(text + "\n" + String.join("\n", written.messages()));
        }
        return written.rule();
    }

    List<String> messages() {
        return problems.stream().map(Problem::message).toList();
    }

    boolean isRejected() {
        return !problems.isEmpty();
    }
}
