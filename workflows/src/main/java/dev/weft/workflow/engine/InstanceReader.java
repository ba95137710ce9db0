package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.workflow.form.OctetReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link InstanceWriter} wrote. */
final class InstanceReader extends OctetReader<InstanceUnreadable> {

    private static final int DEEPEST_JSON = 2 * JsonSize.DEEPEST;

    /** As many elements are believed in before they were read. */
    private static final int FEW = 16;

    private static final int NAMES = 256;
    private static final int LONGEST_NAME = 64;

    /**
     * Names of fields that were read of late. Threads may lose what others put here, and see nothing but whole ones.
     */
    private static final @Nullable Name[] NAMES_OF_LATE = new Name[NAMES];

    private long base;
    private List<? extends @Nullable Op> numbered = List.of();
    private final JsonNode[] recent = new JsonNode[JsonTag.RECENT];
    private int read;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Name(byte[] bytes, String text) {}

    InstanceReader(byte[] bytes) {
        super(bytes);
    }

    /**
     * Says what tasks and times are counted from.
     *
     * @param ops by the numbers that are read
     */
    void relateTo(List<? extends @Nullable Op> ops, long time) {
        numbered = ops;
        base = time;
    }

    @Override
    protected long length() throws InstanceUnreadable {
        return number();
    }

    @Override
    public InstanceUnreadable unreadable(String found) {
        return new InstanceUnreadable("found " + found);
    }

    /** Reads a number from 0 to the largest there is. */
    int count() throws InstanceUnreadable {
        return upTo(Integer.MAX_VALUE);
    }

    <E> E one(E[] of) throws InstanceUnreadable {
        return of[upTo(of.length - 1)];
    }

    long time() throws InstanceUnreadable {
        return flag() ? base + signed() : Frame.NEVER;
    }

    Op op() throws InstanceUnreadable {
        Op op = opIfItIsThere();
        if (op == null) {
            throw new InstanceUnreadable("found a task that is not there any more, at byte " + at);
        }
        return op;
    }

    /** Reads a task that may be missing in the program by which the instance is to go on. */
    @Nullable
    Op opIfItIsThere() throws InstanceUnreadable {
        return numbered.get(upTo(numbered.size() - 1));
    }

    @Nullable
    Op opOrNone() throws InstanceUnreadable {
        return flag() ? op() : null;
    }

    Compensation.@Nullable Registered registered() throws InstanceUnreadable {
        if (!flag()) {
            return null;
        }
        Op op = op();
        if (op.compensation == null) {
            throw new InstanceUnreadable(op.pointer + " is to be compensated, and can't be");
        }
        return new Compensation.Registered(op, json());
    }

    List<JsonNode> jsons() throws InstanceUnreadable {
        int count = size();
        List<JsonNode> nodes = new ArrayList<>(Math.min(count, FEW));
        for (int i = 0; i < count; i++) {
            nodes.add(json());
        }
        return nodes;
    }

    ArrayNode array() throws InstanceUnreadable {
        if (json() instanceof ArrayNode array) {
            return array;
        }
        throw new InstanceUnreadable("found no array where one was expected, at byte " + at);
    }

    JsonNode json() throws InstanceUnreadable {
        int tag = octet();
        if (tag == JsonTag.AGAIN) {
            int back = upTo(Math.min(read, JsonTag.RECENT));
            if (back == 0) {
                throw new InstanceUnreadable("found something that refers to itself, at byte " + at);
            }
            return recent[(read - back) % JsonTag.RECENT];
        }
        JsonNode node = node(tag, 0);
        if (node.isContainerNode() && !node.isEmpty()) {
            recent[read++ % JsonTag.RECENT] = node;
        }
        return node;
    }

    private JsonNode node(int tag, int depth) throws InstanceUnreadable {
        if (tag >= JsonTag.SMALL_INT) {
            return IntNode.valueOf(tag - JsonTag.SMALL_INT);
        }
        if (tag >= JsonTag.SHORT_TEXT) {
            return TextNode.valueOf(text(tag - JsonTag.SHORT_TEXT));
        }
        if (depth > DEEPEST_JSON) {
            throw new InstanceUnreadable("found JSON that is nested deeper than " + DEEPEST_JSON);
        }
        return switch (tag) {
            case JsonTag.NULL -> NullNode.getInstance();
            case JsonTag.FALSE -> BooleanNode.FALSE;
            case JsonTag.TRUE -> BooleanNode.TRUE;
            case JsonTag.INT -> IntNode.valueOf((int) signed());
            case JsonTag.LONG -> LongNode.valueOf(signed());
            case JsonTag.BIG_INTEGER -> BigIntegerNode.valueOf(integer());
            case JsonTag.FLOAT -> FloatNode.valueOf(Float.intBitsToFloat((int) fixed()));
            case JsonTag.DOUBLE -> DoubleNode.valueOf(Double.longBitsToDouble(fixed()));
            case JsonTag.DECIMAL -> {
                int scale = (int) signed();
                yield DecimalNode.valueOf(new BigDecimal(integer(), scale));
            }
            case JsonTag.TEXT -> TextNode.valueOf(text());
            case JsonTag.ARRAY -> elements(depth);
            case JsonTag.OBJECT -> fields(depth);
            default ->
                throw new InstanceUnreadable("found JSON of kind " + tag + ", which is not known, at byte " + at);
        };
    }

    private BigInteger integer() throws InstanceUnreadable {
        byte[] magnitude = bytes();
        if (magnitude.length == 0) {
            throw new InstanceUnreadable("found a number without digits, at byte " + at);
        }
        return new BigInteger(magnitude);
    }

    private ArrayNode elements(int depth) throws InstanceUnreadable {
        int count = size();
        ArrayNode array = JsonNodeFactory.instance.arrayNode(Math.min(count, FEW));
        for (int i = 0; i < count; i++) {
            array.add(node(octet(), depth + 1));
        }
        return array;
    }

    private ObjectNode fields(int depth) throws InstanceUnreadable {
        int count = size();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < count; i++) {
            String name = name();
            object.set(name, node(octet(), depth + 1));
        }
        return object;
    }

    private String name() throws InstanceUnreadable {
        int length = size();
        need(length);
        if (length > LONGEST_NAME) {
            return text(length);
        }
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & NAMES - 1;
        Name known = NAMES_OF_LATE[slot];
        if (known != null && Arrays.equals(known.bytes(), 0, known.bytes().length, bytes, at, at + length)) {
            at += length;
            return known.text();
        }
        byte[] encoded = Arrays.copyOfRange(bytes, at, at + length);
        String text = text(length);
        NAMES_OF_LATE[slot] = new Name(encoded, text);
        return text;
    }
}
