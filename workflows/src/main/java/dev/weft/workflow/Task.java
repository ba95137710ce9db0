package dev.weft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.jq.Jq;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a workflow.
 *
 * @param name unique in its scope
 * @param pointer its place in the document, as a JSON pointer: {@code /do/0/order}. Unique; known to instances, history
 *     and migration. For documents of 0.8 {@code /states/NAME} and further parts of our own below it
 * @param condition of {@code if}, asked of the raw input; null for always
 * @param input checked raw, then shaped
 * @param output shaped, then checked
 * @param export shaped from the task's output, then checked; replaces {@code $context}
 * @param timeout null for none
 * @param then where it goes on
 * @param definition as it stands in the document, for {@code $task.definition}
 * @param compensation what takes it back once it has completed; null for nothing
 * @param extensions in the order of the document; those that extend it
 * @param metadata its own; an empty one where there is none
 */
public record Task(
        String name,
        String pointer,
        @Nullable Jq condition,
        Shaping input,
        Body body,
        Shaping output,
        Shaping export,
        @Nullable Timeout timeout,
        Then then,
        JsonNode definition,
        @Nullable Task compensation,
        List<Extension> extensions,
        Metadata metadata) {}
