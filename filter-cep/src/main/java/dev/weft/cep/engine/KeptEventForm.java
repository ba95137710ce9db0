package dev.weft.cep.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The binary form of a {@link KeptEvent}: time, origin, attributes with their number, then the payload as JSON text, of
 * length 0 where there is none. It has no version of its own: what holds it has one.
 */
public final class KeptEventForm {

    /** Numbers keep every digit, as the events' own reader has them. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private KeptEventForm() {}

    /** Writes the event. */
    public static void write(KeptEvent event, DataOutput out) throws IOException {
        if (out instanceof Bytes bytes) {
            write(event, bytes);
        } else {
            Bytes bytes = new Bytes();
            write(event, bytes);
            bytes.copyTo(out);
        }
    }

    private static void write(KeptEvent event, Bytes bytes) throws JsonProcessingException {
        bytes.writeLong(event.time());
        Origin origin = event.origin();
        bytes.writeText(origin.topic());
        bytes.writeInt(origin.partition());
        bytes.writeLong(origin.offset());
        bytes.writeLong(origin.timestamp());
        bytes.writeInt(event.attributes().size());
        event.attributes().forEach((name, text) -> {
            bytes.writeText(name);
            bytes.writeText(text);
        });
        byte[] data = event.data().isMissingNode() ? new byte[0] : JSON.writeValueAsBytes(event.data());
        bytes.writeInt(data.length);
        bytes.write(data);
    }

    /** Reads what {@link #write} wrote. */
    public static KeptEvent read(DataInput in) throws IOException {
        long time = in.readLong();
        Origin origin = new Origin(readText(in), in.readInt(), in.readLong(), in.readLong());
        int count = in.readInt();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put(readText(in), readText(in));
        }
        return new KeptEvent(time, origin, attributes, json(readBytes(in)));
    }

    private static JsonNode json(byte[] bytes) throws JsonProcessingException {
        return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
