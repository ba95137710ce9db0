package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.EventDraft;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What the payload is replaced by. */
sealed interface PayloadTemplate extends Serializable {

    /** Gives the draft its new payload. */
    void fill(EventDraft draft, Filling filling) throws TransformFailure;

    void eachVariable(Consumer<Variable> consumer);

    /** JSON, under a content type that says so. */
    record OfJson(String contentType, JsonTemplate<TextTemplate> template) implements PayloadTemplate {

        @Override
        public void fill(EventDraft draft, Filling filling) throws TransformFailure {
            JsonNode value = template.fill(text -> text.json(filling));
            if (value.isMissingNode()) {
                draft.noPayload();
            } else {
                draft.payload(contentType, JsonBytes.of(value, filling.maxBytes()));
            }
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {
            template.eachText(text -> text.eachVariable(consumer));
        }
    }

    /** Text, under a content type that is not JSON's. */
    record OfText(String contentType, TextTemplate template) implements PayloadTemplate {

        @Override
        public void fill(EventDraft draft, Filling filling) throws TransformFailure {
            String text = template.text(filling);
            if (JsonBytes.isHalved(text)) {
                throw new TransformFailure("the text payload holds half of a surrogate pair");
            }
            draft.payload(contentType, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {
            template.eachVariable(consumer);
        }
    }
}
