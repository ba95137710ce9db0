package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.engine.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for a while of an instance that has ended.
 *
 * @param startedAt milliseconds since 1970
 * @param endedAt milliseconds since 1970
 * @param output what it made, as JSON; null where it made nothing, or too much to be kept
 * @param error why it made nothing; null where there is no error
 * @param successor the instance that took its place for whoever waits for its end; null for none
 */
record EndedInstance(
        WorkflowName workflow,
        Status status,
        long startedAt,
        long endedAt,
        byte @Nullable [] output,
        @Nullable WorkflowError error,
        @Nullable String successor) {

    static final String TYPENAME = "weft.workflow/ended-instance";

    /** A larger output is not kept. */
    private static final int MOST_BYTES = 16 << 10;

    private static final int VERSION = 1;
    private static final Status[] STATUSES = Status.values();

    static EndedInstance of(WorkflowName workflow, Status status, long startedAt, long endedAt, Ending ending) {
        JsonNode made = ending.output();
        byte[] output = made == null ? null : JsonBytes.of(made);
        boolean isKept = output != null && output.length <= MOST_BYTES;
        return new EndedInstance(workflow, status, startedAt, endedAt, isKept ? output : null, ending.error(), null);
    }

    EndedInstance succeededBy(@Nullable String other) {
        return new EndedInstance(workflow, status, startedAt, endedAt, output, error, other);
    }

    byte[] form() {
        FormWriter out = new FormWriter(VERSION, 160);
        workflow.write(out);
        out.octet(status.ordinal()).signed(startedAt).signed(endedAt).bytesOrNone(output);
        new Ending(null, error).write(out);
        return out.textOrNone(successor).done();
    }

    static EndedInstance read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("an instance that has ended", form, VERSION);
        WorkflowName workflow = WorkflowName.read(in);
        Status status = STATUSES[in.octetBelow(STATUSES.length)];
        EndedInstance ended = new EndedInstance(
                workflow,
                status,
                in.signed(),
                in.signed(),
                in.bytesOrNone(),
                Ending.read(in).error(),
                in.textOrNone());
        in.end();
        return ended;
    }
}
