package dev.weft.event.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

/** Random data of random schemas, written by Avro: read as Avro reads it, and refused wherever Avro refuses it. */
class AvroAgreementTest {

    private static final long SEED = 20261121;
    private static final int SCHEMAS = 300;
    private static final int DATA = 20;

    private final Random random = new Random(SEED);
    private int names;

    @Test
    void readsWhatAvroWrites() {
        int compared = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            Schema schema = record(3);
            AvroReader reader = AvroReader.of(schema.toString());
            for (Object datum : new RandomData(schema, DATA, random.nextLong())) {
                byte[] bytes = AvroEvents.written(schema, datum);

                PayloadReading reading = reader.read(bytes, Projection.everything());

                assertThat(reading.damage()).as("%s (seed %d)", schema, SEED).isNull();
                compare(datum, reading.root(), schema);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(SCHEMAS * DATA);
    }

    /**
     * Avro believes lengths and skips over text that is not UTF-8, so it may accept what we do not; never the reverse.
     */
    @Test
    void refusesWhatAvroRefusesWhateverIsWanted() {
        int refused = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            Schema schema = record(2);
            AvroReader reader = AvroReader.of(schema.toString());
            for (Object datum : new RandomData(schema, DATA, random.nextLong())) {
                byte[] bytes = damaged(AvroEvents.written(schema, datum));

                PayloadReading whole = reader.read(bytes, Projection.everything());

                assertThat(reader.read(bytes, Projection.of(List.of(List.of("f0"))))
                                .damage())
                        .isEqualTo(whole.damage());
                if (whole.damage() == null) {
                    assertThat(isReadByAvro(schema, bytes))
                            .as("%s (seed %d)", schema, SEED)
                            .isTrue();
                } else {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(SCHEMAS);
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0 || random.nextInt(4) == 0) {
            return Arrays.copyOf(bytes, bytes.length + 1);
        }
        if (random.nextInt(2) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        return copy;
    }

    private static boolean isReadByAvro(Schema schema, byte[] bytes) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            new GenericDatumReader<>(schema).read(null, decoder);
            return decoder.isEnd();
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | ClassCastException e) {
            return false;
        }
    }

    private Schema record(int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            fields.add(new Schema.Field("f" + i, type(depth)));
        }
        return Schema.createRecord("r" + names++, null, null, false, fields);
    }

    private Schema type(int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 10)) {
            case 0 -> Schema.create(Schema.Type.NULL);
            case 1 -> Schema.create(Schema.Type.BOOLEAN);
            case 2 -> Schema.create(Schema.Type.INT);
            case 3 -> Schema.create(Schema.Type.LONG);
            case 4 -> Schema.create(Schema.Type.FLOAT);
            case 5 -> Schema.create(Schema.Type.DOUBLE);
            case 6 -> Schema.create(Schema.Type.STRING);
            case 7 -> Schema.create(Schema.Type.BYTES);
            case 8 -> Schema.createFixed("x" + names++, null, null, 1 + random.nextInt(5));
            case 9 -> Schema.createEnum("e" + names++, null, null, List.of("A", "B", "C"));
            case 10 -> Schema.createArray(type(depth - 1));
            case 11 -> Schema.createMap(type(depth - 1));
            case 12 -> Schema.createUnion(Schema.create(Schema.Type.NULL), record(depth - 1));
            default -> record(depth - 1);
        };
    }

    private static void compare(Object datum, JsonNode json, Schema schema) {
        if (datum == null) {
            assertThat(json.isNull()).isTrue();
        } else if (datum instanceof GenericRecord record) {
            assertThat(json).hasSize(record.getSchema().getFields().size());
            for (Schema.Field field : record.getSchema().getFields()) {
                compare(record.get(field.pos()), json.get(field.name()), field.schema());
            }
        } else if (datum instanceof Collection<?> items) {
            assertThat(json.isArray()).isTrue();
            assertThat(json).hasSize(items.size());
            int at = 0;
            for (Object item : items) {
                compare(item, json.get(at++), schema.getElementType());
            }
        } else if (datum instanceof Map<?, ?> members) {
            Map<String, Object> byName = new HashMap<>();
            members.forEach((name, value) -> byName.put(name.toString(), value));
            assertThat(json).hasSize(byName.size());
            byName.forEach((name, value) -> compare(value, json.get(name), schema.getValueType()));
        } else {
            compareScalars(datum, json);
        }
    }

    private static void compareScalars(Object datum, JsonNode json) {
        if (datum instanceof Boolean flag) {
            assertThat(json.booleanValue()).isEqualTo(flag);
        } else if (datum instanceof Integer || datum instanceof Long) {
            assertThat(json.isIntegralNumber()).isTrue();
            assertThat(json.longValue()).isEqualTo(((Number) datum).longValue());
        } else if (datum instanceof Float number) {
            assertThat(json.decimalValue()).hasToString(new BigDecimal(number.toString()).toString());
        } else if (datum instanceof Double number) {
            assertThat(json.decimalValue()).hasToString(new BigDecimal(number.toString()).toString());
        } else if (datum instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            assertThat(json.textValue()).isEqualTo(Base64.getEncoder().encodeToString(copy));
        } else if (datum instanceof GenericData.Fixed fixed) {
            assertThat(json.textValue()).isEqualTo(Base64.getEncoder().encodeToString(fixed.bytes()));
        } else {
            assertThat(json.textValue()).isEqualTo(datum.toString());
        }
    }
}
