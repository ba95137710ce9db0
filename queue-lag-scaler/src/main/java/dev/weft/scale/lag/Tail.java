package dev.weft.scale.lag;

import dev.weft.scale.lag.QueueReader.Probed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stretch of a partition because somebody looked: that there is nothing in it for a reader of
 * committed records but markers of transactions, aborted batches and holes.
 *
 * @param from where that stretch begins
 * @param to where it ends
 * @param written when the record at {@code to} was written; null if it is not known whether there is one
 * @param position where the consumer stood at the last look, behind that stretch if it stood in it
 * @param end the readable end at the last look
 * @param asked whether a probe from {@code position} to {@code end} is under way
 */
record Tail(long from, long to, @Nullable Instant written, long position, long end, boolean asked) {

    /** Longer stretches are not looked through. */
    static final long LONGEST = 1000;

    /** Returns what is known of a stretch that was looked through in an earlier life of the scaler. */
    static Tail restored(Anchor anchor) {
        return new Tail(anchor.clearFrom(), anchor.clearTo(), null, -1, -1, false);
    }

    /** Returns what is known after a probe; whatever it found out stays true. */
    Tail answered(Probed answer) {
        if (answer instanceof Probed.Nothing nothing && nothing.end() > nothing.from()) {
            return cleared(nothing.from(), nothing.end(), null);
        }
        if (answer instanceof Probed.Found found && found.offset() >= found.from()) {
            return cleared(found.from(), found.offset(), found.written());
        }
        return this;
    }

    /** Returns where the next record that can be read may be, for a consumer at {@code consumer}. */
    long behind(long consumer) {
        return consumer >= from && consumer < to ? to : consumer;
    }

    /** Returns when the record at {@code offset} was written, if it was found. */
    Optional<Instant> writtenAt(long offset) {
        return offset == to ? Optional.ofNullable(written) : Optional.empty();
    }

    /**
     * Takes a look.
     *
     * @param resting whether the consumer is known not to move
     */
    Tail seen(long positionNow, long endNow, boolean resting) {
        boolean unchanged = positionNow == position && endNow == end;
        long length = endNow - positionNow;
        boolean worthIt =
                length > 0 && length <= LONGEST && writtenAt(positionNow).isEmpty();
        return new Tail(from, to, written, positionNow, endNow, worthIt && (resting || unchanged));
    }

    private Tail cleared(long begin, long until, @Nullable Instant found) {
        // Stretches without a gap between them are one: a consumer at the begin of the first is behind both.
        boolean goesOn = begin <= to && from <= begin && to <= until;
        return new Tail(goesOn ? from : begin, until, found, position, end, false);
    }
}
