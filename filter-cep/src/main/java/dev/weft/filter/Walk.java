package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks one event after the other through the segments of an index: the working memory of one thread.
 *
 * <p>First come the branches that attributes open, in all segments. Conjunctions whose attributes hold and that ask for
 * the payload are put aside; only if there are any is the payload read, once for all, and then they are decided.
 */
final class Walk {

    /*
     * What was found out about an event is marked with its number, its epoch, so that nothing need be cleared for the
     * next one.
     */

    /** Far below what an int holds, so that starting again is an everyday matter and not one of every other week. */
    private static final int LAST_EPOCH = 1 << 16;

    private final Matches answer;
    private Segments segments = Segments.NONE;
    private SegmentWalk[] walks = {};
    private FieldValues[] fields = {};
    private int epoch;
    private @Nullable MeshEvent event;
    private @Nullable JsonNode root;

    /** Whether fields that hold each may still not hold in one and the same object. */
    private boolean objectsInArrays;

    /** @param answer takes the answer about each event */
    Walk(Matches answer) {
        this.answer = answer;
    }

    /** Walks what follows through these segments; what is known of those that were there before is kept. */
    void take(Segments others) {
        if (segments != others) {
            Map<Plan, SegmentWalk> known = new IdentityHashMap<>();
            Stream.of(walks).forEach(each -> known.put(each.plan(), each));
            walks = others.all().stream()
                    .map(segment -> walkOf(segment, known.get(segment.plan())))
                    .toArray(SegmentWalk[]::new);
            int kept = Math.min(fields.length, others.fields().count());
            fields = Arrays.copyOf(fields, others.fields().count());
            for (int i = kept; i < fields.length; i++) {
                fields[i] = new FieldValues();
            }
            segments = others;
        }
    }

    private SegmentWalk walkOf(Segment segment, @Nullable SegmentWalk known) {
        return known == null ? new SegmentWalk(segment, this) : known.of(segment);
    }

    void match(MeshEvent next) {
        decide(next);
        event = null;
        root = null;
    }

    /** Returns of each rule, by its number, why it does or does not want the event. */
    List<Reason> reasons(MeshEvent next) {
        decide(next);
        List<Reason> all = new ArrayList<>(Collections.nCopies(segments.size(), Reason.NOTHING_WANTED));
        for (SegmentWalk walk : walks) {
            walk.tellReasons(segments.fields(), all);
        }
        event = null;
        root = null;
        return all;
    }

    private void decide(MeshEvent next) {
        begin(next);
        boolean waiting = false;
        for (SegmentWalk walk : walks) {
            waiting |= walk.begin();
        }
        if (waiting) {
            PayloadReading reading = next.read(segments.fields().wanted());
            if (reading.damage() == null) {
                decideBy(reading.root());
            } else {
                for (SegmentWalk walk : walks) {
                    walk.leaveUndecided(reading.damage());
                }
            }
        }
        for (SegmentWalk walk : walks) {
            walk.tellFailures();
        }
    }

    private void begin(MeshEvent next) {
        if (epoch == LAST_EPOCH) {
            Stream.of(walks).forEach(SegmentWalk::forget);
            Stream.of(fields).forEach(values -> values.clearFor(0));
            epoch = 0;
        }
        epoch++;
        event = next;
        objectsInArrays = false;
    }

    private void decideBy(JsonNode read) {
        root = read;
        segments.fields().payload().collect(read, this);
        for (SegmentWalk walk : walks) {
            walk.decideBy(read);
        }
    }

    /** A value of the payload was come across. */
    void addValue(int field, JsonNode value) {
        FieldValues values = fields[field];
        if (!values.isOf(epoch)) {
            values.clearFor(epoch);
        }
        values.addNode(value);
    }

    /** An object was come across that is one of several. */
    void sawObjectInArray() {
        objectsInArrays = true;
    }

    FieldValues values(int field) {
        FieldValues values = fields[field];
        if (!values.isOf(epoch)) {
            values.clearFor(epoch);
            String attribute = segments.fields().attribute(field);
            // A field of the payload that was not come across when the payload was read has no values.
            if (attribute != null) {
                values.addAttribute(Objects.requireNonNull(event).attribute(attribute));
            }
        }
        return values;
    }

    /** Returns what a residual says of the event, by the payload if it has been read. */
    Residual.Answer ask(Residual residual) {
        return residual.answer(Objects.requireNonNull(event), root);
    }

    /** Returns why a residual that gave this answer refuses the event. */
    String because(Residual residual, Residual.Answer answer) {
        return residual.because(Objects.requireNonNull(event), root, answer);
    }

    int epoch() {
        return epoch;
    }

    /** Returns the payload, if it has been read. */
    @Nullable
    JsonNode root() {
        return root;
    }

    boolean hasObjectsInArrays() {
        return objectsInArrays;
    }

    void addMatched(int number) {
        answer.addMatched(number);
    }

    void addUndecided(int number, String damage) {
        answer.addUndecided(number, damage);
    }

    void addFailed(int number) {
        answer.addFailed(number);
    }
}
