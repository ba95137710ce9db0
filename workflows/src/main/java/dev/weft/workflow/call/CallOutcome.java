package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call. Just one of the two is there.
 *
 * @param result what the task is given
 * @param error why it is given nothing; its instance is empty, for whoever knows the task to fill in
 */
public record CallOutcome(
        @Nullable JsonNode result, @Nullable WorkflowError error) {

    static CallOutcome of(JsonNode result) {
        return new CallOutcome(result, null);
    }

    static CallOutcome failed(Errors kind, int status, String detail) {
        return new CallOutcome(null, new WorkflowError(kind.type(), status, "", null, detail));
    }

    static CallOutcome failed(Errors kind, String detail) {
        return failed(kind, kind.status(), detail);
    }
}
