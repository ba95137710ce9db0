package dev.weft.job.cli;

import dev.weft.event.BuriedEvent;
import dev.weft.event.PayloadReaders;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param job the name of the job that buried them
 * @param route the name of the route
 * @param target the name of the target; empty: of any, and of none
 * @param reason the code of the reason; empty: any
 * @param where what the event is to be like, as the first rule of the set
 * @param payloads by which its payload is read
 * @param since dead letters written then, or later
 * @param until dead letters written before
 */
record LetterChoice(
        String job,
        String route,
        Optional<String> target,
        Optional<String> reason,
        PlainRuleSet where,
        PayloadReaders payloads,
        Instant since,
        Instant until) {

    /**
     * Returns whether a dead letter is meant.
     *
     * @param written when it was written, in milliseconds since 1970
     */
    boolean includes(BuriedEvent letter, long written) {
        return letter.job().equals(job)
                && route.equals(letter.route())
                && target.filter(name -> !name.equals(letter.target())).isEmpty()
                && reason.filter(code -> !code.equals(letter.reason())).isEmpty()
                && written >= since.toEpochMilli()
                && written < until.toEpochMilli()
                && isWanted(letter);
    }

    private boolean isWanted(BuriedEvent letter) {
        Matches matches = new Matches();
        where.match(letter.event().readBy(payloads), matches);
        return matches.matchedCount() > 0;
    }
}
