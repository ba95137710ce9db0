package dev.weft.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reader and Jackson's take the same texts for JSON and see the same in them. */
class JsonPayloadAgreementTest {

    private static final long SEED = Long.getLong("weft.seed", 20_261_121L);

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private static final String[] STRINGS = {
        "",
        "a",
        "text",
        "a longer text, of more than eight bytes",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\ud83c\\udf89",
        "é",
        "漢字 and more",
        "🎉",
        "\\n\\t\\b\\f\\r\\/",
        "12345678",
        "1234567\\u0020"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "7",
        "-12",
        "2147483647",
        "2147483648",
        "-2147483649",
        "123456789012345678",
        "9223372036854775807",
        "9223372036854775808",
        "0.10",
        "-1.5e3",
        "1E-7",
        "1e+2",
        "123456789012345678901234567890.5"
    };
    private static final String[] FRAGMENTS = {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "tru", "null", "-", "01", "1.", "e", "\u0000", "\u001f", " ", "/"
    };

    @Test
    void onRandomDocuments() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String json = blank(random) + value(random, 0) + blank(random);

            PayloadReading ours = read(json.getBytes(StandardCharsets.UTF_8), Projection.everything());

            assertThat(ours.damage()).as("%s (seed %d)", json, SEED).isNull();
            assertThat(ours.root()).as("%s (seed %d)", json, SEED).isEqualTo(JACKSON.readTree(json));
        }
    }

    @Test
    void onDamagedDocuments() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 40_000; i++) {
            byte[] json = damaged(value(random, 0), random);

            PayloadReading ours = read(json, Projection.everything());
            Optional<JsonNode> theirs = jackson(json);

            String text = new String(json, StandardCharsets.UTF_8);
            if (ours.damage() == null && !isUnpaired(ours.root().toString())) {
                assertThat(theirs).as("%s (seed %d)", text, SEED).contains(ours.root());
            } else if (ours.damage() != null && theirs.isPresent()) {
                // Jackson lets pass UTF-8 that is none.
                assertThat(isUtf8(json))
                        .as("%s: %s (seed %d)", text, ours.damage(), SEED)
                        .isFalse();
            }
        }
    }

    @Test
    void whateverIsWantedDamageIsFoundAlike() {
        Random random = new Random(SEED);
        Projection some = Projection.of(List.of(List.of("a"), List.of("text", "a"), List.of("é")));
        for (int i = 0; i < 40_000; i++) {
            byte[] json = damaged(value(random, 0), random);

            assertThat(read(json, some).damage())
                    .as("%s (seed %d)", new String(json, StandardCharsets.UTF_8), SEED)
                    .isEqualTo(read(json, Projection.everything()).damage());
        }
    }

    private static PayloadReading read(byte[] json, Projection wanted) {
        byte[] padded = new byte[json.length + 7];
        System.arraycopy(json, 0, padded, 3, json.length);
        return JsonPayload.read(padded, 3, json.length, wanted);
    }

    private static Optional<JsonNode> jackson(byte[] json) throws IOException {
        if (JsonPayload.isNotUtf8(json, 0, json.length)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JACKSON.readTree(json)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException | CharacterCodingException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Half of a surrogate pair, written as an escape: Jackson garbles it in a field's name and keeps it in a value. */
    private static boolean isUnpaired(String text) {
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] damaged(String json, Random random) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean() && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            return bytes;
        }
        int at = random.nextInt(json.length() + 1);
        int to = Math.min(json.length(), at + random.nextInt(4));
        return (json.substring(0, at) + one(FRAGMENTS, random) + json.substring(to)).getBytes(StandardCharsets.UTF_8);
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth < 4 ? 7 : 5);
        return switch (kind) {
            case 0 -> "\"" + one(STRINGS, random) + one(STRINGS, random) + "\"";
            case 1, 2 -> one(NUMBERS, random);
            case 3 -> random.nextBoolean() ? "true" : "false";
            case 4 -> "null";
            case 5 -> members(random, depth, "{", "}", true);
            default -> members(random, depth, "[", "]", false);
        };
    }

    private static String members(Random random, int depth, String open, String close, boolean named) {
        StringBuilder text = new StringBuilder(open).append(blank(random));
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "," + blank(random));
            if (named) {
                text.append('"')
                        .append(one(STRINGS, random))
                        .append('"')
                        .append(blank(random))
                        .append(':');
            }
            text.append(blank(random)).append(value(random, depth + 1)).append(blank(random));
        }
        return text.append(close).toString();
    }

    private static String blank(Random random) {
        return random.nextInt(4) == 0 ? one(new String[] {" ", "\n", "\t", "\r\n  "}, random) : "";
    }

    private static String one(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
