package dev.weft.event.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.Projection;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One datum, read in one pass along its schema. Of what is not wanted no node is made, but it is read all the same, so
 * that damage anywhere is found.
 */
final class AvroDatum {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final JsonNode SKIPPED = MissingNode.getInstance();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** Half the levels of JSON: each takes more of the stack. */
    private static final int DEEPEST = 500;

    /** As many bytes as a number of 1,000 digits has, the longest there is in JSON. */
    private static final int LONGEST_DECIMAL = 415;

    /** So many values that take no bytes are read beyond one for each byte: of few bytes a schema could make many. */
    private static final int MOST_EMPTY = 10_000;

    private final AvroBytes bytes;
    private final Projection wanted;
    private long empty;

    AvroDatum(byte[] bytes, Projection wanted) {
        this.bytes = new AvroBytes(bytes);
        this.wanted = wanted;
    }

    JsonNode read(Schema schema) throws DamageException {
        JsonNode root = value(schema, wanted, 0);
        if (!bytes.isEnd()) {
            throw bytes.damage("it goes on after the end of the datum");
        }
        return root;
    }

    /**
     * Reads a value, with two frames of the stack for each level of nesting.
     *
     * @param of what is wanted of the value; null steps over it
     */
    private JsonNode value(Schema written, @Nullable Projection of, int depth) throws DamageException {
        int from = bytes.at();
        Schema schema = written.getType() == Schema.Type.UNION ? one(written.getTypes(), "branches") : written;
        JsonNode value = switch (schema.getType()) {
            case NULL -> NODES.nullNode();
            case BOOLEAN -> NODES.booleanNode(bytes.readBoolean());
            case INT -> whole(bytes.readInt(), of);
            case LONG -> whole(bytes.readLong(), of);
            case FLOAT -> decimal(bytes.readFloat(), of);
            case DOUBLE -> decimal(bytes.readDouble(), of);
            case STRING -> text(of);
            case BYTES -> binary(schema, bytes.readLength(), of);
            case FIXED -> binary(schema, schema.getFixedSize(), of);
            case ENUM -> symbol(schema, of);
            case UNION -> throw new IllegalStateException("a union in a union");
            case ARRAY -> array(schema.getElementType(), of, deeper(depth));
            case MAP -> map(schema.getValueType(), of, deeper(depth));
            case RECORD -> record(schema, of, deeper(depth));
        };
        if (bytes.at() == from && ++empty > MOST_EMPTY + from) {
            throw bytes.damage("more than " + MOST_EMPTY + " values that take no bytes");
        }
        return value;
    }

    private int deeper(int depth) throws DamageException {
        if (depth == DEEPEST) {
            throw bytes.damage("it nests deeper than " + DEEPEST + " levels");
        }
        return depth + 1;
    }

    private static JsonNode whole(long number, @Nullable Projection of) {
        if (of == null) {
            return SKIPPED;
        }
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    /** The shortest decimal that is this float, so that 0.1 is 0.1; JSON has no number for what is none. */
    private static JsonNode decimal(float number, @Nullable Projection of) {
        if (of == null) {
            return SKIPPED;
        }
        String text = Float.toString(number);
        return Float.isFinite(number) ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
    }

    private static JsonNode decimal(double number, @Nullable Projection of) {
        if (of == null) {
            return SKIPPED;
        }
        String text = Double.toString(number);
        return Double.isFinite(number) ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
    }

    private JsonNode text(@Nullable Projection of) throws DamageException {
        if (of == null) {
            bytes.skipText();
            return SKIPPED;
        }
        return NODES.textNode(bytes.readText());
    }

    private JsonNode binary(Schema schema, int length, @Nullable Projection of) throws DamageException {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal type) {
            return decimal(type.getScale(), length, of);
        }
        if (of == null) {
            bytes.skip(length, "bytes");
            return SKIPPED;
        }
        byte[] read = bytes.readBytes(length);
        return NODES.textNode(isUuid(logical) ? uuid(read) : BASE64.encodeToString(read));
    }

    private JsonNode decimal(int scale, int length, @Nullable Projection of) throws DamageException {
        if (length == 0 || length > LONGEST_DECIMAL) {
            throw bytes.damage("a decimal has from 1 to " + LONGEST_DECIMAL + " bytes, not " + length);
        }
        if (of == null) {
            bytes.skip(length, "a decimal");
            return SKIPPED;
        }
        return NODES.numberNode(new BigDecimal(bytes.readWhole(length), scale));
    }

    private static boolean isUuid(@Nullable LogicalType logical) {
        return logical != null && logical.getName().equals("uuid");
    }

    private static String uuid(byte[] sixteen) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << 8 | sixteen[i] & 0xFF;
            low = low << 8 | sixteen[i + Long.BYTES] & 0xFF;
        }
        return new UUID(high, low).toString();
    }

    private JsonNode symbol(Schema schema, @Nullable Projection of) throws DamageException {
        String symbol = one(schema.getEnumSymbols(), "symbols");
        return of == null ? SKIPPED : NODES.textNode(symbol);
    }

    private <T> T one(List<T> of, String what) throws DamageException {
        int index = bytes.readInt();
        if (index < 0 || index >= of.size()) {
            throw bytes.damage("number " + index + " of " + of.size() + " " + what);
        }
        return of.get(index);
    }

    private JsonNode array(Schema items, @Nullable Projection of, int depth) throws DamageException {
        ArrayNode array = of == null ? null : NODES.arrayNode();
        for (long left = bytes.readCount(); left > 0; left = bytes.readCount()) {
            for (; left > 0; left--) {
                JsonNode item = value(items, of, depth);
                if (array != null) {
                    array.add(item);
                }
            }
        }
        return array == null ? SKIPPED : array;
    }

    private JsonNode map(Schema values, @Nullable Projection of, int depth) throws DamageException {
        ObjectNode object = of == null ? null : NODES.objectNode();
        for (long left = bytes.readCount(); left > 0; left = bytes.readCount()) {
            for (; left > 0; left--) {
                String name = of == null ? bytes.skipText() : bytes.readText();
                Projection below = of == null ? null : of.field(name);
                JsonNode value = value(values, below, depth);
                if (object != null && below != null) {
                    object.set(name, value);
                }
            }
        }
        return object == null ? SKIPPED : object;
    }

    private JsonNode record(Schema schema, @Nullable Projection of, int depth) throws DamageException {
        ObjectNode object = of == null ? null : NODES.objectNode();
        List<Schema.Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
            Schema.Field field = fields.get(i);
            Projection below = of == null ? null : of.field(field.name());
            JsonNode value = value(field.schema(), below, depth);
            if (object != null && below != null) {
                object.set(field.name(), value);
            }
        }
        return object == null ? SKIPPED : object;
    }
}
