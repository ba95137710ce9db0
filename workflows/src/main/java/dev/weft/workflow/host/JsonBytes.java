package dev.weft.workflow.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as messages carry it: text in UTF-8. Numbers with a fraction are exact decimals, as in events. */
final class JsonBytes {

    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(NODES)
            .build();

    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private JsonBytes() {}

    static byte[] of(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // a tree can always be written
        }
    }

    static JsonNode read(byte[] bytes) throws UnreadableException {
        try {
            JsonNode node = READER.readValue(bytes);
            if (node == null || node.isMissingNode()) {
                throw new UnreadableException("cannot read JSON: found nothing");
            }
            return node;
        } catch (IOException e) {
            throw new UnreadableException("cannot read JSON: "
                    + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage()));
        }
    }

    static ObjectNode readObject(byte[] bytes) throws UnreadableException {
        if (read(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new UnreadableException("cannot read JSON: found no object");
    }
}
