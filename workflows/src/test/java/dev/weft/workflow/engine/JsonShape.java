package dev.weft.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Claims about some fields of an object. */
record JsonShape(JsonNode json) {

    static JsonShape of(JsonNode json) {
        return new JsonShape(json);
    }

    JsonShape has(String field, String text) {
        assertThat(json.path(field).asText()).as(field).isEqualTo(text);
        return this;
    }
}
