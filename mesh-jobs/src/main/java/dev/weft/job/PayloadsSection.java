package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.event.PayloadReaders;
import dev.weft.event.avro.AvroReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec.payloads}: the content types that are read besides JSON, and their schemas. */
final class PayloadsSection {

    private static final String SCHEMA = "an Avro schema in JSON as text, or {file: order.avsc}";

    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, Integer> firstLines = new HashMap<>();

    /** @param environment has the files that the config names, as {@link NamedFiles} names them */
    PayloadsSection(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    PayloadReaders read(List<Node> items) {
        PayloadReaders readers = PayloadReaders.jsonOnly();
        for (Node item : items) {
            Fields fields = Fields.of(item, problems);
            Optional<String> contentType =
                    fields.required("contentType").node("a media type").flatMap(this::contentType);
            Optional<AvroReader> reader = fields.required("schema").node(SCHEMA).flatMap(this::schema);
            Optional<String> dataSchema = fields.optional("dataschema")
                    .parsed(
                            "an absolute URI",
                            text -> AttributeRules.faultOf("dataschema", text) == null
                                    ? Optional.of(text)
                                    : Optional.empty());
            fields.close();
            if (contentType.isPresent() && reader.isPresent() && isFirst(item, contentType.get(), dataSchema)) {
                readers = readers.with(contentType.get(), dataSchema.orElse(null), reader.get());
            }
        }
        return readers;
    }

    private Optional<String> contentType(Node at) {
        if (!(at instanceof Scalar scalar
                && scalar.value() instanceof String text
                && AttributeRules.isMediaType(text)
                && text.indexOf(';') < 0)) {
            problems.add(at, at.described(), "a media type without parameters, such as avro/binary");
            return Optional.empty();
        }
        if (AttributeRules.isJson(text)) {
            problems.add(at, at.described(), "another media type: JSON is read without being named");
            return Optional.empty();
        }
        return Optional.of(text.toLowerCase(Locale.ROOT));
    }

    private Optional<AvroReader> schema(Node at) {
        if (at instanceof Mapping mapping && mapping.get("file") == null) {
            problems.add(at, at.described() + " without file", SCHEMA + "; behind schema: | it can take several lines");
            return Optional.empty();
        }
        if (at instanceof Mapping) {
            Fields fields = Fields.of(at, problems);
            Optional<Node> path = fields.required("file").node("the path of a file");
            Optional<String> text = path.flatMap(this::file);
            fields.close();
            return text.flatMap(schema -> parsed(path.orElse(at), schema));
        }
        if (at instanceof Scalar scalar && scalar.value() instanceof String text) {
            return parsed(at, text);
        }
        problems.add(at, at.described(), SCHEMA);
        return Optional.empty();
    }

    private Optional<String> file(Node at) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String path)) {
            problems.add(at, at.described(), "the path of a file");
            return Optional.empty();
        }
        String text = environment.get(NamedFiles.variable(path));
        if (text == null) {
            problems.add(
                    at,
                    at.described() + ", which cannot be read",
                    "a file in UTF-8; its path is taken from the folder of this one");
        }
        return Optional.ofNullable(text);
    }

    private Optional<AvroReader> parsed(Node at, String schema) {
        try {
            return Optional.of(AvroReader.of(schema));
        } catch (IllegalArgumentException e) {
            problems.add(at, String.valueOf(e.getMessage()), "an Avro schema in JSON");
            return Optional.empty();
        }
    }

    /** Which of two readers read a payload must not depend on their order. */
    private boolean isFirst(Node item, String contentType, Optional<String> dataSchema) {
        String key =
                contentType + dataSchema.map(uri -> " with dataschema " + uri).orElse(" without a dataschema");
        Integer first = firstLines.putIfAbsent(key, item.at().line());
        if (first != null) {
            problems.add(
                    item,
                    key + " a second time",
                    "each pair of content type and dataschema once: that one stands on line " + first);
        }
        return first == null;
    }
}
