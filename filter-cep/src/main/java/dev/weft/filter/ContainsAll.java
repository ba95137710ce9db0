package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.filter.NumberCondition.NumberIn;
import dev.weft.filter.TextCondition.TextIn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code {contains-all: [...]}}: for each entry, some value of the field is what it asks. Ours, not EventBridge's.
 *
 * <p>Unlike other conditions it looks at all values that the field has in the payload, those of every object of an
 * array: a {@link Gathering} is told of them. As a condition of one value it holds if that value alone is everything
 * that is asked, and then all values are, too.
 */
public final class ContainsAll implements Condition {

    private static final int FEW = 8;

    private final List<Condition> every;

    /** The entries that are one literal, by what they ask, so that a value is looked up and not compared with each. */
    private final Map<String, Integer> texts = new HashMap<>();

    private final Map<BigDecimal, Integer> numbers = new TreeMap<>();

    /** The other entries, by their places. */
    private final List<Integer> others = new ArrayList<>();

    /** Makes the condition of these entries, each of one literal or operator. */
    ContainsAll(List<Condition> every) {
        this.every = List.copyOf(every);
        for (int i = 0; i < every.size(); i++) {
            if (every.get(i) instanceof TextIn literal
                    && literal.texts().size() == 1
                    && literal.addresses().isEmpty()) {
                texts.put(literal.texts().iterator().next(), i);
            } else if (every.get(i) instanceof NumberIn literal
                    && literal.numbers().size() == 1) {
                numbers.put(literal.numbers().first(), i);
            } else {
                others.add(i);
            }
        }
    }

    /** Returns the entries. */
    List<Condition> every() {
        return every;
    }

    @Override
    public boolean matches(JsonNode value) {
        for (int i = 0; i < every.size(); i++) {
            if (!every.get(i).matches(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean matchesText(String attribute) {
        for (int i = 0; i < every.size(); i++) {
            if (!every.get(i).matchesText(attribute)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the values, all those of the field, are what is asked. */
    boolean holdsOf(FieldValues values) {
        if (every.size() > FEW) {
            Gathering gathering = new Gathering();
            for (int i = 0; i < values.count() && !gathering.isComplete(); i++) {
                gathering.add(values.get(i).node());
            }
            return gathering.isComplete();
        }
        for (int i = 0; i < every.size(); i++) {
            if (!isOfAny(every.get(i), values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfAny(Condition asked, FieldValues values) {
        for (int i = 0; i < values.count(); i++) {
            if (values.get(i).isWhat(asked)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isCostly() {
        return every.stream().anyMatch(Condition::isCostly);
    }

    @Override
    public String words() {
        return every.stream()
                .map(Condition::words)
                .collect(Collectors.joining(", one ", "has, of all values, one ", ""));
    }

    @Override
    public void writeTo(ArrayNode alternatives) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        every.forEach(condition -> condition.writeTo(conditions));
        alternatives.addObject().set("contains-all", Canonical.sorted(conditions));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainsAll that && every.equals(that.every);
    }

    @Override
    public int hashCode() {
        return every.hashCode();
    }

    @Override
    public String toString() {
        return words();
    }

    /** Takes one value of the field after the other, and knows when every entry has found its value. */
    final class Gathering {
        private final BitSet found = new BitSet(every.size());
        private int missing = every.size();

        void add(JsonNode value) {
            if (value.isTextual()) {
                mark(texts.get(value.textValue()));
            }
            BigDecimal number = numbers.isEmpty() ? null : JsonNumber.of(value);
            if (number != null) {
                mark(numbers.get(number));
            }
            for (int i = 0; i < others.size(); i++) {
                int entry = others.get(i);
                if (!found.get(entry) && every.get(entry).matches(value)) {
                    mark(entry);
                }
            }
        }

        private void mark(@Nullable Integer entry) {
            if (entry != null && !found.get(entry)) {
                found.set(entry);
                missing--;
            }
        }

        boolean isComplete() {
            return missing == 0;
        }
    }
}
