package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What data must look like: a JSON schema, of draft 2020-12 where it does not say otherwise. It stands for itself;
 * nothing it refers to is fetched from anywhere. Patterns in it are those of RE2, which take no longer than the text is
 * long; {@code format} is an annotation, as the draft has it.
 *
 * <p>May be used by many threads.
 */
public final class JsonSchema {

    private static final int MOST = 10;
    private static final int LONGEST = 300;

    /** The validator writes numbers out: 1e999999999 is some bytes of data, and as many digits as fill the memory. */
    private static final int MOST_DIGITS = 1_000;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(JsonSchema::pattern)
            .build();

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /** Reads a schema. Mistakes in it become problems, and then there is none. */
    public static Optional<JsonSchema> compile(Node node, Problems problems) {
        try {
            return Optional.of(compile(Literals.json(node)));
        } catch (JqException e) {
            problems.add(e.problem(node.at(), node.path()));
            return Optional.empty();
        }
    }

    /**
     * Compiles a schema.
     *
     * @throws JqException if it is none, or refers to what is not in it
     */
    public static JsonSchema compile(JsonNode document) throws JqException {
        if (!document.isObject() && !document.isBoolean()) {
            throw new JqException(document.getNodeType().toString(), "a JSON schema");
        }
        try {
            Optional<String> endless = endless(document);
            if (endless.isPresent()) {
                throw new JqException("a schema that is none: " + endless.get(), "a JSON schema");
            }
            SchemaRegistry registry = registry();
            List<String> mistakes = bounded(meta(registry, document).validate(document));
            if (!mistakes.isEmpty()) {
                throw new JqException("a schema that is none: " + String.join("; ", mistakes), "a JSON schema");
            }
            Schema schema = registry.getSchema(document);
            schema.initializeValidators();
            return new JsonSchema(schema);
        } catch (SchemaException | IllegalArgumentException e) {
            throw new JqException("a schema that cannot be used: " + e.getMessage(), "one that stands for itself");
        } catch (StackOverflowError e) {
            throw new JqException("a schema that is nested too deeply", "a JSON schema");
        }
    }

    /** Returns what is wrong with a value, each mistake with its place in it; the first ten at most. */
    public List<String> mistakes(JsonNode value) {
        try {
            Optional<String> endless = endless(value);
            return endless.isPresent() ? List.of(endless.get()) : bounded(schema.validate(value));
        } catch (SchemaException e) {
            return List.of("the schema cannot be applied: " + e.getMessage());
        } catch (StackOverflowError e) {
            return List.of("nested too deeply");
        }
    }

    /** Returns what is wrong with the first number that has too many digits; nothing where there is none. */
    private static Optional<String> endless(JsonNode value) {
        if (value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > MOST_DIGITS) {
            return Optional.of(": found the number " + value + ", expected one of at most " + MOST_DIGITS + " digits");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Optional<String> inside = endless(member.getValue());
            if (inside.isPresent()) {
                return inside.map(mistake -> "/" + member.getKey() + mistake);
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            Optional<String> inside = endless(value.get(i));
            if (inside.isPresent()) {
                String place = "/" + i;
                return inside.map(mistake -> place + mistake);
            }
        }
        return Optional.empty();
    }

    private static Schema meta(SchemaRegistry registry, JsonNode document) {
        JsonNode dialect = document.path("$schema");
        return registry.getSchema(SchemaLocation.of(
                dialect.isTextual() ? dialect.textValue() : SpecificationVersion.DRAFT_2020_12.getDialectId()));
    }

    /** A registry for each schema: two may go by the same name. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(CONFIG)
                        .schemaLoader(loader -> loader.allow(iri -> isOfTheDrafts(iri.toString()))));
    }

    private static boolean isOfTheDrafts(String address) {
        return address.startsWith("classpath:draft")
                || address.startsWith("https://json-schema.org/draft/")
                || address.startsWith("http://json-schema.org/draft-");
    }

    private static List<String> bounded(List<Error> errors) {
        List<String> mistakes = new ArrayList<>();
        for (Error error : errors) {
            String message = error.toString();
            mistakes.add(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...");
            if (mistakes.size() == MOST) {
                break;
            }
        }
        return mistakes;
    }

    private static RegularExpression pattern(String text) {
        try {
            Pattern pattern = Pattern.compile(text);
            return value -> pattern.matcher(value).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException("the pattern " + text + " is none of RE2: " + e.getDescription());
        }
    }
}
