package dev.weft.job.cluster;

/**
 * What a job did for one pattern since it was last started or restored.
 *
 * @param seen events it looked at
 * @param matched matches
 * @param timedOut partial matches whose time was over
 * @param emitted events that were made of these
 */
public record PatternTotals(long seen, long matched, long timedOut, long emitted) {

    /** Nothing counted yet. */
    public static final PatternTotals NONE = new PatternTotals(0, 0, 0, 0);
}
