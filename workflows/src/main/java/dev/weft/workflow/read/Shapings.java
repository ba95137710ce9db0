package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.jq.JqException;
import dev.weft.workflow.jq.JsonSchema;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Reading;
import java.util.Optional;
import java.util.Set;

/** Reads how data is checked and made anew: {@code input}, {@code output} and {@code export}. */
final class Shapings {

    private static final String SCHEMA = "a JSON schema";

    private final Reading reading;

    Shapings(Reading reading) {
        this.reading = reading;
    }

    Shaping input(Fields fields, Set<String> variables) {
        return read(fields, "input", "from", variables);
    }

    Shaping output(Fields fields, Set<String> variables) {
        return read(fields, "output", "as", variables);
    }

    Shaping export(Fields fields, Set<String> variables) {
        return read(fields, "export", "as", variables);
    }

    private Shaping read(Fields fields, String key, String shape, Set<String> variables) {
        return fields.optional(key)
                .fields()
                .map(shaping -> {
                    Optional<JsonSchema> schema =
                            shaping.optional("schema").fields().flatMap(this::schema);
                    Optional<Template> as = shaping.optional(shape)
                            .node("an expression or an object")
                            .flatMap(at -> reading.expressions().transformation(at, variables));
                    shaping.close();
                    return new Shaping(schema.orElse(null), as.orElse(null));
                })
                .orElse(Shaping.NONE);
    }

    private Optional<JsonSchema> schema(Fields fields) {
        fields.optional("format")
                .parsed(
                        "json, as no other format is known",
                        text -> Optional.of(text).filter(it -> it.equals("json") || it.startsWith("json:")));
        Optional<JsonSchema> schema = Optional.empty();
        if (fields.has("resource")) {
            schema = fields.optional("resource")
                    .fields()
                    .flatMap(it -> new Endpoints(reading).resource(it))
                    .flatMap(it -> kept(fields.node(), it.json()));
            if (fields.optional("document").node(SCHEMA).isPresent()) {
                reading.problems()
                        .add(
                                fields.keyAt("document"),
                                fields.path("document"),
                                "document beside resource",
                                "one of both");
            }
        } else {
            schema = fields.required("document").node(SCHEMA).flatMap(this::inline);
        }
        fields.close();
        return schema;
    }

    private Optional<JsonSchema> inline(Node at) {
        if (!(at instanceof Mapping || at instanceof Scalar it && it.value() instanceof Boolean)) {
            reading.problems().add(at, at.described(), SCHEMA);
            return Optional.empty();
        }
        return JsonSchema.compile(at, reading.problems());
    }

    private Optional<JsonSchema> kept(Node at, JsonNode document) {
        try {
            return Optional.of(JsonSchema.compile(document));
        } catch (JqException e) {
            reading.problems().add(e.problem(at.at(), at.path()));
            return Optional.empty();
        }
    }
}
