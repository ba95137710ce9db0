package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.RandomAccess;

/** A JSON array as a list of the language's values, made when they are asked for. */
final class JsonItems extends AbstractList<Object> implements RandomAccess {

    private final JsonNode json;

    JsonItems(JsonNode json) {
        this.json = json;
    }

    JsonNode json() {
        return json;
    }

    @Override
    public Object get(int index) {
        return Values.of(json.get(index));
    }

    @Override
    public int size() {
        return json.size();
    }
}
