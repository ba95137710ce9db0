package dev.weft.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A schema of the folder {@code job-configs}, as editors use it. */
record PublishedSchema(Schema schema) {

    static PublishedSchema of(String file) {
        try {
            return new PublishedSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JobConfigFiles.text(file), InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the schema says of a text; nothing of what is no YAML. */
    List<Error> errors(String file, String text) {
        Problems problems = new Problems();
        Optional<Node> root = YamlReader.read(file, text, Substitution.none(), problems);
        return root.isPresent() && problems.isEmpty()
                ? schema.validate(json(root.get()).toString(), InputFormat.JSON)
                : List.of();
    }

    private static JsonNode json(Node node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof Mapping mapping) {
            ObjectNode object = json.objectNode();
            mapping.members().forEach((name, member) -> object.set(name, json(member)));
            return object;
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = json.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Object value = ((Scalar) node).value();
        return value instanceof BigDecimal number
                ? json.numberNode(number)
                : value instanceof Boolean flag
                        ? json.booleanNode(flag)
                        : value == null ? json.nullNode() : json.textNode((String) value);
    }

    /** Returns the text with a few characters changed: most results are mistakes. */
    static String edited(String text, Random random) {
        StringBuilder edited = new StringBuilder(text);
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
            edited.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            edited.insert(at, text.charAt(random.nextInt(text.length())));
        }
        return edited.toString();
    }

    /** Returns what an editor could not explain. */
    static List<String> silent(String file) throws IOException {
        List<String> silent = new ArrayList<>();
        collectSilent(new ObjectMapper().readTree(JobConfigFiles.text(file)), "", silent);
        return silent;
    }

    private static void collectSilent(JsonNode schema, String path, List<String> silent) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode explained =
                    property.getValue().has("$ref") && !property.getValue().has("title") ? schema : property.getValue();
            for (String needed : List.of("title", "description", "examples")) {
                if (!explained.has(needed)) {
                    silent.add(path + "/" + property.getKey() + " has no " + needed);
                }
            }
        });
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (member.getKey().equals("properties")) {
                member.getValue().forEach(property -> collectSilent(property, path, silent));
            } else if (!member.getKey().equals("examples")) {
                collectSilent(member.getValue(), path + "/" + member.getKey(), silent);
            }
        }
    }
}
