package dev.weft.cep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;

/** Reads the text that a pattern was kept by. */
public final class PatternText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private PatternText() {}

    /**
     * Returns the pattern.
     *
     * @param text a pattern's {@link Pattern#text}
     * @throws IllegalArgumentException naming what this release does not understand
     */
    public static Pattern read(String text) {
        Problems problems = new Problems();
        List<Pattern> read = YamlReader.read("pattern", text, Substitution.none(), problems)
                .map(node -> PatternsReader.read(List.of(node), problems))
                .orElse(List.of());
        if (read.isEmpty()) {
            throw new IllegalArgumentException("a pattern cannot be read that was kept: " + problems.inReadingOrder());
        }
        return read.get(0);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }
}
