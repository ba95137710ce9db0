package dev.weft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its author wrote it, read and checked: all expressions are compiled, all names of {@code use} are
 * replaced by what they stand for, and extensions are attached to the tasks they extend.
 *
 * @param digest SHA-256 in hex of the canonical document, with what it refers to outside it; instances are pinned to it
 * @param document as JSON, for {@code $workflow.definition}
 * @param resources what the document refers to outside it, by the endpoint as the document writes it: document and
 *     resources are enough to read the definition again
 * @param mode how strictly expressions are told from text
 * @param input of {@code input.schema} and {@code input.from}; its {@code as} is the latter
 * @param output of {@code output.as} and {@code output.schema}
 * @param body what is done
 * @param timeout of the whole; null for none
 * @param schedule what makes instances besides commands; null for nothing
 * @param functions by name: what {@link Body.CallFunction} calls, which may call each other
 * @param secrets the names that expressions may use
 * @param dialect what the document's metadata say to Weft
 * @param metadata of the document; an empty object where there is none
 */
public record Definition(
        DefinitionId id,
        String digest,
        JsonNode document,
        Map<String, JsonNode> resources,
        Mode mode,
        Shaping input,
        Shaping output,
        List<Task> body,
        @Nullable Timeout timeout,
        @Nullable Schedule schedule,
        Map<String, Task> functions,
        List<String> secrets,
        Dialect dialect,
        Metadata metadata) {

    /** How strictly expressions are told from text, by {@code evaluate.mode}. */
    public enum Mode {
        STRICT,
        LOOSE
    }
}
