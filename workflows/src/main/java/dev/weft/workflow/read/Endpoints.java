package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.parts.Expressions;
import dev.weft.workflow.parts.Reading;
import java.util.Optional;

/** Reads documents that a definition refers to. They are known when it is read, so their places are constants. */
final class Endpoints {

    private static final String EXPECTED = "the path of a file beside this one, or an address";

    private final Reading reading;

    Endpoints(Reading reading) {
        this.reading = reading;
    }

    /** A document and where it was found. */
    record Resource(String endpoint, JsonNode json) {}

    /** Reads {@code {name, endpoint}}. */
    Optional<Resource> resource(Fields fields) {
        fields.optional("name").text();
        Optional<Resource> resource =
                fields.required("endpoint").node(EXPECTED).flatMap(this::place).flatMap(this::read);
        fields.close();
        return resource;
    }

    private Optional<Scalar> place(Node at) {
        if (at instanceof Mapping) {
            Fields fields = Fields.of(at, reading.problems());
            Optional<Scalar> uri = fields.required("uri").node(EXPECTED).flatMap(this::place);
            if (fields.has("authentication")) {
                fields.optional("authentication");
                reading.problems()
                        .add(
                                fields.keyAt("authentication"),
                                fields.path("authentication"),
                                "authentication of a document that is read with the definition",
                                "a document that anyone may read, such as a file beside this one");
            }
            fields.close();
            return uri;
        }
        if (at instanceof Scalar scalar
                && scalar.value() instanceof String text
                && !text.isBlank()
                && !Expressions.isExpression(text)) {
            return Optional.of(scalar);
        }
        reading.problems().add(at, at.described(), EXPECTED + ", as it is read with the definition");
        return Optional.empty();
    }

    private Optional<Resource> read(Scalar at) {
        return reading.resource(at, at.text()).map(json -> new Resource(at.text(), json));
    }
}
