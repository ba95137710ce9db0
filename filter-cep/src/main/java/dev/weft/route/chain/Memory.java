package dev.weft.route.chain;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered in one slot of a key. It is kept in state, so its form outlives versions of Weft.
 *
 * @param observed what the last event showed
 * @param expires when it is to be forgotten, in milliseconds of event time
 */
public record Memory(String observed, long expires) {

    /**
     * The answer to a {@link Question}.
     *
     * @param passes whether the event passes the step
     * @param next what is to be remembered from now on
     */
    public record Answer(boolean passes, Memory next) {}

    /** Returns whether it is to be forgotten at that time, in milliseconds of event time. */
    public boolean isOver(long time) {
        return time >= expires;
    }

    /**
     * Answers a question: an event passes if nothing is remembered, or something else, or something that is out of date
     * by the event's own time. So the answer does not depend on when memory is cleared away, as long as that is not
     * before it expires.
     *
     * @param memory null if nothing is remembered
     */
    public static Answer answer(@Nullable Memory memory, Question question) {
        if (memory == null || memory.isOver(question.time())) {
            return new Answer(true, new Memory(question.observed(), question.expires()));
        }
        boolean changed = !memory.observed().equals(question.observed());
        long expires = Math.max(memory.expires(), question.expires());
        return new Answer(changed, new Memory(question.observed(), expires));
    }
}
