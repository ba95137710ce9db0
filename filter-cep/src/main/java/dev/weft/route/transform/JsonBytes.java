package dev.weft.route.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON without blanks, and not more of it than is wanted: one value can stand in a template many times. */
final class JsonBytes {

    /** Characters beyond 16 bits as they are, and not as two escapes. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .build();

    private static final int LAST_ASCII = 0x7F;

    private JsonBytes() {}

    static String text(JsonNode value, int maxBytes) throws TransformFailure {
        return new String(of(value, maxBytes), StandardCharsets.UTF_8);
    }

    static byte[] of(JsonNode value, int maxBytes) throws TransformFailure {
        return of(value, maxBytes, holdsHalfCharacters(value));
    }

    private static byte[] of(JsonNode value, int maxBytes, boolean inAscii) throws TransformFailure {
        Bounded bytes = new Bounded(maxBytes);
        try (JsonGenerator generator = MAPPER.createGenerator(bytes)) {
            if (inAscii) {
                generator.setHighestNonEscapedChar(LAST_ASCII);
            }
            generator.writeTree(value);
        } catch (JsonProcessingException e) {
            throw new TransformFailure("the payload cannot be written as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new TransformFailure("the payload becomes larger than " + maxBytes + " bytes");
        }
        return bytes.kept.toByteArray();
    }

    /** JSON can escape half of a surrogate pair, and UTF-8 has no bytes for it: it has to be escaped again. */
    private static boolean holdsHalfCharacters(JsonNode value) {
        if (value.isTextual()) {
            return isHalved(value.textValue());
        }
        for (var member : value.properties()) {
            if (isHalved(member.getKey()) || holdsHalfCharacters(member.getValue())) {
                return true;
            }
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (holdsHalfCharacters(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isHalved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            makeRoom(1);
            kept.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            makeRoom(length);
            kept.write(bytes, from, length);
        }

        private void makeRoom(int more) throws IOException {
            if (more > most - kept.size()) {
                throw new IOException("more than " + most + " bytes");
            }
        }
    }
}
