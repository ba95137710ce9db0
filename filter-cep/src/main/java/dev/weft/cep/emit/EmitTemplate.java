package dev.weft.cep.emit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import dev.weft.route.transform.JsonTemplate;
import dev.weft.route.transform.JsonTemplateReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event that is made of a match: texts and JSON in which {@code ${...}} stands for the value of a CEL expression
 * about the match; {@code $${} stands for the text <code>${</code>. Where the value is missing, so is the attribute or
 * the member.
 *
 * <p>Immutable. Serializable, so that it can travel in a job graph.
 */
public final class EmitTemplate implements Serializable {

    private static final long serialVersionUID = 1;

    private final GapText type;
    private final @Nullable GapText source;
    private final @Nullable GapText subject;
    private final @Nullable JsonTemplate<GapText> data;

    private EmitTemplate(
            GapText type, @Nullable GapText source, @Nullable GapText subject, @Nullable JsonTemplate<GapText> data) {
        this.type = type;
        this.source = source;
        this.subject = subject;
        this.data = data;
    }

    /** Returns the template that the mapping writes; nothing if there was a mistake, each of which is a problem. */
    public static Optional<EmitTemplate> read(Fields fields, Scope scope, Problems problems) {
        Optional<GapText> type = text(fields, "type", scope, problems);
        if (!fields.has("type")) {
            fields.required("type").node("the type of the event that a match becomes, such as shop.order.unpaid");
        }
        Optional<GapText> source = text(fields, "source", scope, problems);
        Optional<GapText> subject = text(fields, "subject", scope, problems);
        var reader = new JsonTemplateReader<>(scalar -> GapText.read(scalar, scope, problems), (mapping, name) -> {});
        Optional<JsonTemplate<GapText>> data =
                fields.optional("data").node("a JSON value").map(reader::read);
        fields.close();
        return type.map(it -> new EmitTemplate(it, source.orElse(null), subject.orElse(null), data.orElse(null)));
    }

    private static Optional<GapText> text(Fields fields, String key, Scope scope, Problems problems) {
        Optional<Node> at = fields.optional(key).node("text");
        if (at.isPresent() && at.get() instanceof Scalar scalar && scalar.value() instanceof String) {
            Optional<GapText> read = GapText.read(scalar, scope, problems);
            String fault = read.flatMap(GapText::constant)
                    .map(constant -> AttributeRules.faultOf(key, constant))
                    .orElse(null);
            if (fault != null) {
                problems.add(scalar, "an attribute " + key + " that " + fault, "a value that CloudEvents accept");
            }
            return read;
        }
        at.ifPresent(node -> problems.add(node, node.described(), "text"));
        return Optional.empty();
    }

    /** Returns the type, where it is the same for every match. */
    public Optional<String> constantType() {
        return type.constant();
    }

    /** Returns the source, where one is given and it is the same for every match. */
    public Optional<String> constantSource() {
        return source == null ? Optional.empty() : source.constant();
    }

    /** Returns every expression of the template. */
    public List<CelExpression> expressions() {
        List<CelExpression> all = new ArrayList<>();
        Consumer<CelExpression> add = all::add;
        type.eachExpression(add);
        if (source != null) {
            source.eachExpression(add);
        }
        if (subject != null) {
            subject.eachExpression(add);
        }
        if (data != null) {
            data.eachText(text -> text.eachExpression(add));
        }
        return List.copyOf(all);
    }

    /**
     * What the template becomes.
     *
     * @param source null if the template gives none
     * @param subject null if there is none
     * @param data null if there is none
     */
    public record Filled(
            String type,
            @Nullable String source,
            @Nullable String subject,
            @Nullable JsonNode data) {}

    /** Returns what the template becomes with these values; throws what says why it becomes nothing. */
    public Filled fill(Bindings bindings) throws UnfilledException {
        String filledType = type.fill(bindings);
        if (filledType == null || filledType.isBlank()) {
            throw new UnfilledException("the type of the event is missing; it is made of " + type.written());
        }
        JsonNode filledData = data == null ? null : data.fill(text -> text.json(bindings));
        return new Filled(
                filledType,
                source == null ? null : source.fill(bindings),
                subject == null ? null : subject.fill(bindings),
                filledData == null || filledData.isMissingNode() ? null : filledData);
    }
}
