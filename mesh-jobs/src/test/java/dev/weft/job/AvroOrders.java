package dev.weft.job;

import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Events with payloads of {@code job-configs/examples/avro.yaml}, written by Avro as a producer would. */
public final class AvroOrders {

    public static final String SCHEMA_URI = "urn:shop:order:1";

    private static final Schema ORDER = new Schema.Parser().parse(schemaOfTheExample());

    private AvroOrders() {}

    /** Returns the example's text. */
    public static String example() {
        try {
            return Files.readString(JobConfigFiles.FOLDER.resolve("examples").resolve("avro.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the example, against that Kafka. */
    public static JobConfig job(String bootstrapServers) {
        return JobConfigReader.read("avro.yaml", example(), Map.of("KAFKA", bootstrapServers))
                .orElseThrow();
    }

    private static String schemaOfTheExample() {
        String text = example();
        return text.substring(text.indexOf("{ \"type\": \"record\""), text.indexOf("  routes:"));
    }

    /** Returns an order of these articles, one of each. */
    public static WireRecord order(String id, String total, String status, String... skus) {
        return event(id, "orders/" + id + "/eu/x", SCHEMA_URI, bytes(id, total, status, 1, skus));
    }

    /** Returns an order of these articles, two of each. */
    public static WireRecord twice(String id, String... skus) {
        return event(id, "orders/" + id + "/us", SCHEMA_URI, bytes(id, "1.00", "PLACED", 2, skus));
    }

    /** Returns an event of that schema whose payload is these bytes. */
    public static WireRecord event(String id, String subject, String schema, byte[] payload) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", Wire.utf8("1.0"))
                .add("ce_id", Wire.utf8(id))
                .add("ce_source", Wire.utf8("/shop"))
                .add("ce_type", Wire.utf8("order"))
                .add("ce_subject", Wire.utf8(subject))
                .add("ce_dataschema", Wire.utf8(schema))
                .add("content-type", Wire.utf8("avro/binary"))
                .build();
        return new WireRecord(Wire.utf8(id), headers, payload);
    }

    static byte[] bytes(String id, String total, String status, int quantity, String... skus) {
        GenericRecord order = new GenericData.Record(ORDER);
        order.put("id", id);
        order.put(
                "total",
                ByteBuffer.wrap(
                        new BigDecimal(total).setScale(2).unscaledValue().toByteArray()));
        order.put("status", new GenericData.EnumSymbol(ORDER.getField("status").schema(), status));
        Schema items = ORDER.getField("items").schema();
        List<GenericRecord> lines = Arrays.stream(skus)
                .map(sku -> {
                    GenericRecord item = new GenericData.Record(items.getElementType());
                    item.put("sku", sku);
                    item.put("quantity", quantity);
                    return item;
                })
                .toList();
        order.put("items", lines);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(ORDER).write(order, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
