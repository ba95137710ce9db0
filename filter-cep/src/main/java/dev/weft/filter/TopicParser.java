package dev.weft.filter;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.event.AttributeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code topic} of a route: one {@link TopicFilter} or a list of which one must match, over the levels of
 * {@code subject} or of another attribute.
 */
public final class TopicParser {

    private static final int MOST_FILTERS = 10_000;
    private static final String SUBJECT = "subject";
    private static final List<String> USUAL_ATTRIBUTES = List.of(SUBJECT, "type", "source", "partitionkey");

    private final Problems problems;

    private TopicParser(Problems problems) {
        this.problems = problems;
    }

    /**
     * Returns the rule that {@code topic} writes. Never throws: every mistake is added to {@code problems}, and if
     * there was any the rule returned wants no event.
     */
    public static Rule parse(Node topic, Problems problems) {
        int before = problems.count();
        TopicParser parser = new TopicParser(problems);
        Rule rule = topic instanceof Mapping ? parser.ofAttribute(topic) : parser.rule(SUBJECT, topic);
        return problems.count() > before ? Rule.nothing() : rule;
    }

    private Rule ofAttribute(Node at) {
        Fields fields = Fields.of(at, problems);
        Optional<String> attribute =
                fields.required("attribute").node("the name of an attribute").flatMap(this::attribute);
        Optional<Node> levels = fields.required("levels").node("a filter such as orders/+/eu/#");
        fields.close();
        return rule(attribute.orElse(SUBJECT), levels.orElse(null));
    }

    private Optional<String> attribute(Node at) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String name) {
            if (AttributeRules.isName(name)) {
                return Optional.of(name);
            }
            problems.add(new Problem(
                    at.at(),
                    at.path(),
                    at.described(),
                    "an attribute's name: lower-case letters and digits",
                    Nearest.to(name, USUAL_ATTRIBUTES)));
        } else {
            problems.add(at, at.described(), "the name of an attribute");
        }
        return Optional.empty();
    }

    private Rule rule(String attribute, @Nullable Node written) {
        if (written == null) {
            return Rule.nothing();
        }
        List<Node> items = written instanceof Sequence list ? list.items() : List.of(written);
        if (items.isEmpty() || items.size() > MOST_FILTERS) {
            problems.add(
                    written,
                    items.isEmpty() ? written.described() : "a list of " + items.size(),
                    "from one to " + MOST_FILTERS + " filters");
            return Rule.nothing();
        }
        TextOperators texts = new TextOperators(problems);
        List<Condition> filters = new ArrayList<>();
        for (Node item : items) {
            Condition filter = texts.topic(item);
            if (filter != null) {
                filters.add(filter);
            }
        }
        if (filters.isEmpty()) {
            return Rule.nothing();
        }
        AttributeTest test = new AttributeTest(
                attribute, new Alternatives(filters.stream().distinct().toList()));
        return Rule.anyOf(List.of(new Conjunction(List.of(test), null, List.of(), List.of())));
    }
}
