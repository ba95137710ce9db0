package dev.weft.scale.lag;

/**
 * What must be remembered of a partition when the scaler ends, because nobody else remembers it. Each is an offset, or
 * {@link #NONE}.
 *
 * @param start where a consumer without a position begins
 * @param kept where the job is known to come back to: covered by a completed checkpoint, whether or not the commit that
 *     belongs to it arrived or is still there
 * @param ignored a committed offset that was one of another topic of the same name
 * @param clearFrom where a stretch begins that was looked through at rest and in which there is no record
 * @param clearTo where it ends
 */
record Anchor(long start, long kept, long ignored, long clearFrom, long clearTo) {

    static final long NONE = -1;

    static final Anchor EMPTY = new Anchor(NONE, NONE, NONE, NONE, NONE);

    Anchor withStart(long offset) {
        return new Anchor(offset, kept, ignored, clearFrom, clearTo);
    }

    Anchor withKept(long offset) {
        return new Anchor(start, offset, ignored, clearFrom, clearTo);
    }

    Anchor withIgnored(long offset) {
        return new Anchor(start, kept, offset, clearFrom, clearTo);
    }

    /** Remembers a stretch that ends the log, so that it need not be looked through again after a restart. */
    Anchor withClear(Tail tail) {
        boolean isWhole = tail.to() > tail.from() && tail.to() == tail.end();
        return isWhole ? new Anchor(start, kept, ignored, tail.from(), tail.to()) : this;
    }
}
