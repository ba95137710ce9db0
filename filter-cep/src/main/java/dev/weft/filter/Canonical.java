package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Lists and mappings of a pattern in the one order that does not depend on how they were written. */
final class Canonical {

    private Canonical() {}

    /** Returns the items sorted by their text, each once. */
    static ArrayNode sorted(ArrayNode items) {
        Map<String, JsonNode> byText = new TreeMap<>();
        items.forEach(item -> byText.put(item.toString(), item));
        ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
        byText.values().forEach(sorted::add);
        return sorted;
    }

    /** Returns the members sorted by their names. */
    static ObjectNode sorted(ObjectNode members) {
        Map<String, JsonNode> byName = new TreeMap<>();
        members.properties().forEach(member -> byName.put(member.getKey(), member.getValue()));
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        byName.forEach(sorted::set);
        return sorted;
    }
}
