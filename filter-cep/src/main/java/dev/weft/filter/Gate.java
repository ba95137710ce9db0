package dev.weft.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches that one key of a dictionary leads to.
 *
 * @param number by which a {@link SegmentWalk} remembers that it came by
 * @param sure whose tests hold wherever the key is found
 * @param likely whose tests are still to be asked
 */
record Gate(int number, Branch[] sure, Branch[] likely) {

    private static final Branch[] NONE = {};

    void addTo(Footprint footprint) {
        footprint.object(12);
        if (sure.length > 0) {
            footprint.references(sure.length);
        }
        if (likely.length > 0) {
            footprint.references(likely.length);
        }
    }

    static void addTo(Footprint footprint, @Nullable Gate[] gates) {
        for (Gate gate : gates) {
            if (gate != null) {
                gate.addTo(footprint);
            }
        }
    }

    /** A gate while its dictionary is being filled. */
    static final class Draft {
        private final List<Branch> sure = new ArrayList<>(1);
        private final List<Branch> likely = new ArrayList<>(0);

        void add(Branch branch, boolean isSure) {
            (isSure ? sure : likely).add(branch);
        }

        Gate finish(int number) {
            return new Gate(number, array(sure), array(likely));
        }

        private static Branch[] array(List<Branch> branches) {
            return branches.isEmpty() ? NONE : branches.toArray(NONE);
        }
    }
}
