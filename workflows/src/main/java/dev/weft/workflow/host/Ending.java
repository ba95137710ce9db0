package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.call.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * How a call or an instance came to its end. Just one of the two is there.
 *
 * @param output what it made
 * @param error why it made nothing
 */
record Ending(@Nullable JsonNode output, @Nullable WorkflowError error) {

    static Ending of(CallOutcome outcome) {
        return new Ending(outcome.result(), outcome.error());
    }

    void write(FormWriter out) {
        out.bytesOrNone(output == null ? null : JsonBytes.of(output)).error(error);
    }

    static Ending read(FormReader in) throws UnreadableException {
        byte[] json = in.bytesOrNone();
        return new Ending(json == null ? null : JsonBytes.read(json), in.error());
    }
}
