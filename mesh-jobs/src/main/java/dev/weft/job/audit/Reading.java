package dev.weft.job.audit;

/**
 * What was read of one topic.
 *
 * @param events that were asked of the routes
 * @param refused records that are no events; they are in the dead letter
 */
public record Reading(long events, long refused) {

    static final Reading NONE = new Reading(0, 0);

    Reading plus(Reading more) {
        return new Reading(events + more.events, refused + more.refused);
    }
}
