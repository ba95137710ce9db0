package dev.weft.route.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an event holds, the result is valid JSON, and a value stands nowhere but where it was asked for. */
class TransformPropertyTest {

    private static final long SEED = 20261121;
    private static final int EVENTS = 5_000;
    private static final String SECRET = "S3CRET";

    /** Reads strictly: a name that stands twice would be a member that a value has smuggled in. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    /** UTF-8 has no bytes for half of a surrogate pair; JSON can escape it. */
    private static final ObjectWriter ASCII = STRICT.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final String[] PIECES = {
        "\"",
        "\\",
        "\"}",
        "\",\"x\":\"",
        "${data.secret}",
        "${secret}",
        "$${data.secret}",
        "${",
        "}",
        "$",
        "\n",
        "\u0000",
        "\u2028",
        "ü",
        "表",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "<script>",
        "'",
        "]",
        "a",
        " ",
        "\\u0022",
        "null",
        "-1e9"
    };

    private final Random random = new Random(SEED);

    @Test
    void valuesStayValues() throws Exception {
        Transformer transformer = new Transformer(Transforms.read("""
                missing: omit
                set: { subject: "s${data.plain}" }
                data:
                  alone: "${data.value}"
                  within: "<${data.value}>"
                  listed: ["${data.value}", "${data.absent}", { deep: "${data.other}${data.value}" }]
                """), Transforms.MOST_BYTES);
        for (int i = 0; i < EVENTS; i++) {
            ObjectNode payload = STRICT.createObjectNode().put("secret", SECRET).put("plain", "p");
            JsonNode value = value(3);
            payload.set("value", value);
            payload.put("other", text());
            MeshEvent event = Transforms.event(ASCII.writeValueAsString(payload));

            JsonNode made = made(transformer, event);

            assertThat(made.properties()).as("seed %d, event %d", SEED, i).hasSize(3);
            assertThat(made.get("alone")).isEqualTo(value);
            assertThat(made.get("listed")).hasSize(2);
            assertThat(made.get("listed").get(0)).isEqualTo(value);
            if (value.isTextual()) {
                assertThat(made.get("within").textValue()).isEqualTo("<" + value.textValue() + ">");
                assertThat(made.get("listed").get(1).get("deep").textValue())
                        .isEqualTo(payload.get("other").textValue() + value.textValue());
            }
            assertThat(made.toString()).doesNotContain(SECRET);
        }
    }

    private static JsonNode made(Transformer transformer, MeshEvent event) throws Exception {
        Transformed transformed = transformer.apply(event);
        assertThat(transformed).isInstanceOf(Transformed.Done.class);
        MeshEvent made = ((Transformed.Done) transformed).event();
        assertThat(made.getSubject()).isEqualTo("sp");
        // As text: of bytes, Jackson takes no name that holds half of a surrogate pair, escaped or not.
        return STRICT.readTree(new String(Objects.requireNonNull(made.payload()), StandardCharsets.UTF_8));
    }

    private JsonNode value(int depth) {
        switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0:
                return STRICT.getNodeFactory().numberNode(random.nextInt());
            case 1:
                return STRICT.getNodeFactory().booleanNode(random.nextBoolean());
            case 2:
                return STRICT.nullNode();
            case 5:
                return STRICT.createArrayNode().add(value(depth - 1)).add(value(depth - 1));
            case 6:
                return STRICT.createObjectNode().set(text(), value(depth - 1));
            default:
                return STRICT.getNodeFactory().textNode(text());
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
