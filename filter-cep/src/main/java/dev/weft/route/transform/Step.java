package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/** One step down into a JSON value. */
sealed interface Step extends Serializable {

    /** Returns what is there; a missing node where the value has no such part. */
    JsonNode from(JsonNode value);

    /** To the member of that name, of an object. */
    record Member(String name) implements Step {
        @Override
        public JsonNode from(JsonNode value) {
            return value.path(name);
        }
    }

    /** To the element at that place, from 0, of an array. */
    record Element(int index) implements Step {
        @Override
        public JsonNode from(JsonNode value) {
            return value.path(index);
        }
    }
}
