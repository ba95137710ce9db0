package dev.weft.filter;

import org.jspecify.annotations.Nullable;

/**
 * The conjunctions that share a test, and how to find those of them that an event may satisfy.
 *
 * @param number by which a {@link SegmentWalk} remembers that it was here
 * @param test the number of the shared test; of the root, which has none, -1
 * @param from where in the plan's {@link Program} the conjunctions begin that are tried one by one
 * @param to where they end
 * @param dictionaries lead to the other conjunctions, by what the event's fields hold
 * @param behindPayload leads to the conjunctions that only the payload tells apart; null if there are none, or if this
 *     branch is itself behind the payload
 */
record Branch(
        int number,
        int test,
        int from,
        int to,
        Dictionary[] dictionaries,
        @Nullable Branch behindPayload) {

    void addTo(Footprint footprint) {
        footprint.object(24).references(dictionaries.length);
        for (Dictionary dictionary : dictionaries) {
            dictionary.addTo(footprint);
        }
        if (behindPayload != null) {
            behindPayload.addTo(footprint);
        }
    }
}
