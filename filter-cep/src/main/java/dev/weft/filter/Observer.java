package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import org.jspecify.annotations.Nullable;

/**
 * Watches a rule being evaluated, so that explaining is matching, watched. Told of each part as it is evaluated, parts
 * before the whole.
 */
interface Observer {

    /** Watches nothing; evaluation stops as soon as the answer is known. */
    Observer NONE = new Observer() {};

    /** Returns whether to go on evaluating when the answer is known already. */
    default boolean wantsAll() {
        return false;
    }

    /** An attribute was tested; null was seen where the event lacks it. */
    default void sawAttribute(AttributeTest test, MeshEvent event, @Nullable String seen, boolean holds) {}

    /** A field of the payload was tested, once for each object that it is asked of. */
    default void sawLeaf(FieldTree.Leaf leaf, JsonNode seen, boolean holds, Surroundings around) {}

    /** It is known whether one object has all of these fields. */
    default void sawFields(FieldTree.Fields fields, boolean holds) {}

    /** The payload was asked for, and cannot be read. */
    default void sawNoPayload(FieldTree asked) {}

    /** A residual was asked. */
    default void sawResidual(Residual residual, MeshEvent event, Residual.Answer answer) {}

    /** One of the rule's alternatives is decided; what was told since the one before belongs to it. */
    default void sawConjunction(Outcome outcome) {}
}
