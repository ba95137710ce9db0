package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A piece of JSON of a definition with expressions in it: every text of the form <code>${ .a.b }</code>, at any depth,
 * stands for its result. Names of members are never expressions.
 *
 * <p>Whether a text is an expression is settled when the definition is read. Data that an expression yields is data,
 * whatever it looks like.
 *
 * <p>A template without expressions renders to the same node each time. As everywhere here, nobody may change it.
 */
public final class Template {

    /** The variable whose members are not known before a call is made. */
    private static final String SECRETS = "secrets";

    private final Part part;
    private final Set<String> variables;

    private Template(Part part, Set<String> variables) {
        this.part = part;
        this.variables = variables;
    }

    /** How texts are read. */
    public enum Mode {
        /** A text is an expression as a whole, or plain. One that mixes the two is a mistake. */
        STRICT,
        /** A text may have expressions in its midst, whose results are written into it. */
        LOOSE
    }

    /**
     * Reads a template. Mistakes become problems, and then there is none.
     *
     * @param variables the names of what will be given, without the dollar sign
     */
    public static Optional<Template> compile(Node node, Set<String> variables, Mode mode, Problems problems) {
        Reading reading = new Reading(variables, mode, problems);
        int before = problems.count();
        Part part = reading.part(node);
        return problems.count() == before
                ? Optional.of(new Template(part, Set.copyOf(reading.used)))
                : Optional.empty();
    }

    /**
     * Reads an expression where one must stand: as it is, or within <code>${ }</code>.
     *
     * @param variables the names of what will be given, without the dollar sign
     */
    public static Optional<Jq> expression(Node node, Set<String> variables, Problems problems) {
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String text)) {
            problems.add(node, node.described(), "an expression in jq");
            return Optional.empty();
        }
        return compiled(node, Interpolated.whole(text).orElse(text), variables, problems);
    }

    /**
     * Reads a transformation of data: a text is an expression, as it is or within <code>${ }</code>; anything else is a
     * template.
     *
     * @param variables the names of what will be given, without the dollar sign
     */
    public static Optional<Template> transformation(Node node, Set<String> variables, Mode mode, Problems problems) {
        return node instanceof Scalar scalar && scalar.value() instanceof String
                ? expression(node, variables, problems)
                        .map(jq -> new Template(
                                jq.constant().<Part>map(Constant::new).orElseGet(() -> new Computed(jq)),
                                jq.variables()))
                : compile(node, variables, mode, problems);
    }

    /** Returns the template that renders to {@code value}, always. */
    public static Template constant(JsonNode value) {
        return new Template(new Constant(value), Set.of());
    }

    /** Returns the names of the variables that are used, without the dollar sign. */
    public Set<String> variables() {
        return variables;
    }

    /** Returns what it renders to, if it is the same for every input. */
    public Optional<JsonNode> constant() {
        return part instanceof Constant constant ? Optional.of(constant.value()) : Optional.empty();
    }

    /**
     * Returns what a member of it renders to, if it is the same for every input; a missing node where there is none.
     */
    public Optional<JsonNode> constant(String member) {
        if (part instanceof Members members) {
            int at = members.names().indexOf(member);
            Part value = at < 0
                    ? new Constant(MissingNode.getInstance())
                    : members.values().get(at);
            return value instanceof Constant constant ? Optional.of(constant.value()) : Optional.empty();
        }
        return constant().map(value -> value.path(member));
    }

    /**
     * Returns the JSON with every expression replaced by its result. The budget is one expression's, not the whole's.
     *
     * @throws JqFailure if an expression has no result
     */
    public JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
        return part.render(input, given, budget);
    }

    private static Optional<Jq> compiled(Node node, String text, Set<String> variables, Problems problems) {
        try {
            return Optional.of(Jq.compile(text, variables));
        } catch (JqException e) {
            problems.add(e.problem(node.at(), node.path()));
            return Optional.empty();
        }
    }

    /** Stands where a mistake was. */
    private static final Part NOTHING = new Constant(NullNode.getInstance());

    private sealed interface Part {
        JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure;
    }

    private record Constant(JsonNode value) implements Part {

        @Override
        public JsonNode render(JsonNode input, Variables given, JqBudget budget) {
            return value;
        }
    }

    private record Computed(Jq expression) implements Part {

        @Override
        public JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
            return expression.eval(input, given, budget);
        }
    }

    private record Mixed(List<Part> parts) implements Part {

        @Override
        public JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                JsonNode value = part.render(input, given, budget);
                text.append(value.isTextual() ? value.textValue() : value.toString());
            }
            return new TextNode(text.toString());
        }
    }

    private record Items(List<Part> items) implements Part {

        @Override
        public JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
            ArrayNode array = new ArrayNode(JsonNodeFactory.instance, items.size());
            for (Part item : items) {
                array.add(item.render(input, given, budget));
            }
            return array;
        }
    }

    private record Members(List<String> names, List<Part> values) implements Part {

        @Override
        public JsonNode render(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
            ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
            for (int i = 0; i < names.size(); i++) {
                object.set(names.get(i), values.get(i).render(input, given, budget));
            }
            return object;
        }
    }

    /** Reads the parts. */
    private record Reading(Set<String> variables, Mode mode, Problems problems, Set<String> used) {

        Reading(Set<String> variables, Mode mode, Problems problems) {
            this(variables, mode, problems, new LinkedHashSet<>());
        }

        Part part(Node node) {
            if (node instanceof Mapping mapping) {
                List<String> names = List.copyOf(mapping.names());
                return folded(new Members(
                        names,
                        mapping.members().values().stream().map(this::part).toList()));
            }
            if (node instanceof Sequence sequence) {
                return folded(
                        new Items(sequence.items().stream().map(this::part).toList()));
            }
            return ((Scalar) node).value() instanceof String text
                    ? text(node, text)
                    : new Constant(Literals.json(node));
        }

        private Part text(Node node, String text) {
            Optional<String> whole = Interpolated.whole(text);
            if (whole.isPresent()) {
                return computed(node, whole.get());
            }
            Optional<List<Interpolated>> pieces = Interpolated.parts(text);
            if (pieces.isEmpty()) {
                problems.add(node, node.described() + ", in which an expression does not end", "\"}\" to end it");
                return NOTHING;
            }
            return pieces.get().stream().anyMatch(Interpolated::isExpression)
                    ? mixed(node, pieces.get())
                    : new Constant(new TextNode(text));
        }

        private Part mixed(Node node, List<Interpolated> pieces) {
            if (mode == Mode.STRICT) {
                problems.add(
                        node,
                        node.described() + ", an expression inside of text",
                        "one expression, " + Interpolated.asOneExpression(pieces) + ", or evaluate.mode loose");
                return NOTHING;
            }
            List<Part> parts = new ArrayList<>();
            for (Interpolated each : pieces) {
                parts.add(each.isExpression() ? computed(node, each.text()) : new Constant(new TextNode(each.text())));
            }
            return new Mixed(parts);
        }

        private Part computed(Node node, String expression) {
            Optional<Jq> jq = compiled(node, expression, variables, problems);
            if (jq.isPresent() && !jq.get().passesOn(SECRETS)) {
                problems.add(node, "a secret that is computed with", "$secrets.NAME as it is, or within text");
                return NOTHING;
            }
            jq.ifPresent(it -> used.addAll(it.variables()));
            return jq.<Part>map(it -> it.constant().<Part>map(Constant::new).orElseGet(() -> new Computed(it)))
                    .orElse(NOTHING);
        }

        private static Part folded(Items items) {
            if (!isConstant(items.items())) {
                return items;
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.items().forEach(item -> array.add(((Constant) item).value()));
            return new Constant(array);
        }

        private static Part folded(Members members) {
            if (!isConstant(members.values())) {
                return members;
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < members.names().size(); i++) {
                object.set(members.names().get(i), ((Constant) members.values().get(i)).value());
            }
            return new Constant(object);
        }

        private static boolean isConstant(List<Part> parts) {
            return parts.stream().allMatch(part -> part instanceof Constant);
        }
    }
}
