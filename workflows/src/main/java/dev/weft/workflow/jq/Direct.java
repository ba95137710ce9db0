package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.operators.ComparisonOperator;
import net.thisptr.jackson.jq.internal.operators.PlusOperator;
import org.jspecify.annotations.Nullable;

/**
 * An expression with exactly one result, evaluated as one would by hand.
 *
 * <p>Each does the usual thing with the usual data, and gives up on all else: then the library evaluates the whole
 * expression anew, which costs nothing but time, since nothing is ever done but evaluated. So no mistake has to be
 * found here, nor its words. What is done here agrees with the library, to the last digit and the kind of node; a test
 * compares tens of thousands of expressions.
 */
interface Direct {

    /** Returns the result, or null if the library has to be asked. */
    @Nullable
    JsonNode apply(JsonNode in, Variables given);

    /** Returns how many times as large as its input and variables the result may be, at most. */
    int growth();

    /** Returns whether a result may be so large that it has to be weighed. */
    default boolean grows() {
        return growth() > MODEST;
    }

    /** Data is of bounded size when it gets here, so that a few times as much is no danger. */
    int MODEST = 8;

    /** The input. */
    record Whole() implements Direct {

        @Override
        public JsonNode apply(JsonNode in, Variables given) {
            return in;
        }

        @Override
        public int growth() {
            return 1;
        }
    }

    /** Always the same. */
    record Constant(JsonNode value) implements Direct {

        @Override
        public JsonNode apply(JsonNode in, Variables given) {
            return value;
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** What was given by a name. */
    record Variable(String name) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            return given.get(name);
        }

        @Override
        public int growth() {
            return 1;
        }
    }

    /** A member of an object. */
    record Member(Direct target, String name) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode of = target.apply(in, given);
            if (of instanceof ObjectNode object) {
                return present(object.get(name));
            }
            return of instanceof NullNode ? of : null;
        }

        @Override
        public int growth() {
            return target.growth();
        }
    }

    /** An item of an array, or a member whose name is computed. */
    record Item(Direct target, Direct key) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode at = key.apply(in, given);
            JsonNode of = at == null ? null : target.apply(in, given);
            if (of instanceof ArrayNode array && at instanceof IntNode index) {
                int position = index.intValue() < 0 ? index.intValue() + array.size() : index.intValue();
                return position < 0 ? NullNode.getInstance() : present(array.get(position));
            }
            return of instanceof ObjectNode object && at instanceof TextNode name
                    ? present(object.get(name.textValue()))
                    : null;
        }

        @Override
        public int growth() {
            return target.growth();
        }
    }

    /** A new array. */
    record NewArray(List<Direct> items) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            ArrayNode array = new ArrayNode(JsonNodeFactory.instance, items.size());
            for (int i = 0; i < items.size(); i++) {
                JsonNode item = items.get(i).apply(in, given);
                if (item == null) {
                    return null;
                }
                array.add(item);
            }
            return array;
        }

        @Override
        public int growth() {
            return sum(items);
        }
    }

    /** A new object. */
    record NewObject(List<Direct> names, List<Direct> values) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
            for (int i = 0; i < names.size(); i++) {
                JsonNode name = names.get(i).apply(in, given);
                JsonNode value = values.get(i).apply(in, given);
                if (!(name instanceof TextNode) || value == null) {
                    return null;
                }
                object.set(name.textValue(), value);
            }
            return object;
        }

        @Override
        public int growth() {
            return Math.min(LIMITLESS, sum(names) + sum(values));
        }
    }

    /** Text with values in it. */
    record Interpolation(List<String> texts, List<Direct> values) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            StringBuilder text = new StringBuilder(texts.get(0));
            for (int i = 0; i < values.size(); i++) {
                JsonNode value = values.get(i).apply(in, given);
                if (!(value instanceof TextNode || value instanceof IntNode || value instanceof BooleanNode)) {
                    return null;
                }
                text.append(value.asText()).append(texts.get(i + 1));
            }
            return new TextNode(text.toString());
        }

        @Override
        public int growth() {
            return sum(values);
        }
    }

    /** One of two, by a condition. */
    record Choice(Direct condition, Direct then, Direct otherwise) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode holds = condition.apply(in, given);
            if (holds == null) {
                return null;
            }
            return JsonNodeUtils.asBoolean(holds) ? then.apply(in, given) : otherwise.apply(in, given);
        }

        @Override
        public int growth() {
            return Math.max(then.growth(), otherwise.growth());
        }
    }

    /** Whether both hold. */
    record And(Direct left, Direct right) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode first = left.apply(in, given);
            if (first == null || !JsonNodeUtils.asBoolean(first)) {
                return first == null ? null : BooleanNode.FALSE;
            }
            return truth(right.apply(in, given));
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** Whether one of two holds. */
    record Or(Direct left, Direct right) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode first = left.apply(in, given);
            if (first == null || JsonNodeUtils.asBoolean(first)) {
                return first == null ? null : BooleanNode.TRUE;
            }
            return truth(right.apply(in, given));
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** Whether the input does not hold. */
    record Not() implements Direct {

        @Override
        public JsonNode apply(JsonNode in, Variables given) {
            return BooleanNode.valueOf(!JsonNodeUtils.asBoolean(in));
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** The first, unless it is false or null. */
    record Alternative(Direct left, Direct right) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode first = left.apply(in, given);
            return first == null || JsonNodeUtils.asBoolean(first) ? first : right.apply(in, given);
        }

        @Override
        public int growth() {
            return Math.max(left.growth(), right.growth());
        }
    }

    /** One after the other. */
    record Pipe(Direct first, Direct second) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode between = first.apply(in, given);
            return between == null ? null : second.apply(between, given);
        }

        @Override
        public int growth() {
            return (int) Math.min(LIMITLESS, (long) Math.max(1, first.growth()) * second.growth());
        }
    }

    /** Two values compared. */
    record Comparison(BinaryOperator operator, Direct left, Direct right) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode second = right.apply(in, given);
            JsonNode first = second == null ? null : left.apply(in, given);
            return first == null || second == null ? null : operated(operator, first, second);
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** Two values added, subtracted, multiplied or divided: numbers, and whatever else can be added. */
    record Arithmetic(BinaryOperator operator, Direct left, Direct right) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode second = right.apply(in, given);
            JsonNode first = second == null ? null : left.apply(in, given);
            if (first == null || second == null) {
                return null;
            }
            boolean ofNumbers = first.isNumber() && second.isNumber();
            return ofNumbers || operator instanceof PlusOperator ? operated(operator, first, second) : null;
        }

        @Override
        public int growth() {
            return sum(List.of(left, right));
        }
    }

    /** A number with the other sign. */
    record Negation(Direct value) implements Direct {

        @Override
        public @Nullable JsonNode apply(JsonNode in, Variables given) {
            JsonNode number = value.apply(in, given);
            return number != null && number.isNumber() ? JsonNodeUtils.asNumericNode(-number.asDouble()) : null;
        }

        @Override
        public int growth() {
            return 0;
        }
    }

    /** More than can be. */
    int LIMITLESS = 1 << 20;

    /** What the library's operators make containers with. */
    ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode present(@Nullable JsonNode value) {
        return value == null ? NullNode.getInstance() : value;
    }

    private static @Nullable JsonNode truth(@Nullable JsonNode value) {
        return value == null ? null : BooleanNode.valueOf(JsonNodeUtils.asBoolean(value));
    }

    private static @Nullable JsonNode operated(BinaryOperator operator, JsonNode left, JsonNode right) {
        try {
            return operator.apply(MAPPER, left, right);
        } catch (JsonQueryException e) {
            return null;
        }
    }

    private static int sum(List<Direct> parts) {
        long sum = 0;
        for (Direct part : parts) {
            sum += part.growth();
        }
        return (int) Math.min(LIMITLESS, sum);
    }

    /** Returns whether this is how the operator compares, and not how it computes. */
    static boolean compares(BinaryOperator operator) {
        return operator instanceof ComparisonOperator;
    }
}
