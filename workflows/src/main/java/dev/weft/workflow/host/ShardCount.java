package dev.weft.workflow.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Over how many addresses those are spread that wait for events by no value, in a form that is kept beside definitions.
 * Who waits already is found by the number that held when the wait began, so the first one counts for the life of the
 * state.
 */
public record ShardCount(int shards) {

    /** No version of {@link WorkflowSource}: by it this form is told from those beside it. */
    private static final int TAG = 0;

    /** Writes it. */
    public byte[] form() {
        return new FormWriter(TAG, 4).signed(shards).done();
    }

    /**
     * What was kept, told apart.
     *
     * @param shards what counts
     * @param definitions forms of {@link WorkflowSource}
     */
    public record Kept(ShardCount shards, List<byte[]> definitions) {}

    /** Finds it among what was kept; nothing was in a new job, where that of the config counts. */
    public static Kept among(List<byte[]> kept, int configured) throws UnreadableException {
        int shards = configured;
        List<byte[]> definitions = new ArrayList<>();
        for (byte[] form : kept) {
            if (form.length > 0 && form[0] == TAG) {
                FormReader in = new FormReader("the number of shards", form, TAG);
                shards = Math.toIntExact(in.signed());
                in.end();
            } else {
                definitions.add(form);
            }
        }
        return new Kept(new ShardCount(shards), definitions);
    }
}
