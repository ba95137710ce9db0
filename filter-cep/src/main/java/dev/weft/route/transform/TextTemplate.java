package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables in it.
 *
 * @param written the text as the file says it
 */
record TextTemplate(String written, List<Part> parts) implements Serializable {

    TextTemplate {
        parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    sealed interface Part extends Serializable {

        /** Returns the piece as it stands in the finished text. */
        String in(Filling filling) throws TransformFailure;
    }

    /** Characters that stand for themselves. */
    record Words(String text) implements Part {
        @Override
        public String in(Filling filling) {
            return text;
        }
    }

    /** Where a variable's value stands. */
    record Gap(Variable variable) implements Part {
        @Override
        public String in(Filling filling) throws TransformFailure {
            return filling.text(filling.value(variable));
        }
    }

    boolean isConstant() {
        return parts.stream().noneMatch(Gap.class::isInstance);
    }

    /** Returns the whole text of a template without variables. */
    String constant() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Words words) {
                text.append(words.text());
            }
        }
        return text.toString();
    }

    /** Returns the variable that is all there is of the text, or null. */
    @Nullable
    Variable alone() {
        return parts.size() == 1 && parts.get(0) instanceof Gap gap ? gap.variable() : null;
    }

    void eachVariable(Consumer<Variable> consumer) {
        for (Part part : parts) {
            if (part instanceof Gap gap) {
                consumer.accept(gap.variable());
            }
        }
    }

    /** Returns the finished text. */
    String text(Filling filling) throws TransformFailure {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(parts.get(i).in(filling));
            if (text.length() > filling.maxBytes()) {
                throw new TransformFailure(
                        "a text of the template becomes larger than " + filling.maxBytes() + " bytes");
            }
        }
        return text.toString();
    }

    /** Returns the finished text; or, where a variable is all there is of it, that variable's value with its type. */
    JsonNode json(Filling filling) throws TransformFailure {
        Variable alone = alone();
        return alone == null ? TextNode.valueOf(text(filling)) : filling.value(alone);
    }

    /** Returns the finished text of an attribute, or null if the event is not to have that attribute. */
    @Nullable
    String attribute(Filling filling) throws TransformFailure {
        Variable alone = alone();
        if (alone == null) {
            return text(filling);
        }
        JsonNode value = filling.value(alone);
        return value.isMissingNode() || value.isNull() ? null : filling.text(value);
    }
}
