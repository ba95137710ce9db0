package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PolicySettings.Consumer;
import java.time.Duration;
import java.util.Optional;

/**
 * From some to none and back. A Flink job sleeps only behind a checkpoint that covers all it did: without it, what it
 * wrote last would stay in an open transaction, unread, until it wakes.
 */
record Sleep(Situation now) {

    static Sleep of(Situation now) {
        return new Sleep(now);
    }

    /** What to do when there is none. */
    Choice asleep() {
        double lag = now.seen().lag();
        if (lag <= 0) {
            return new Choice(Verdict.HOLD, now.sizes().smallest(), "nothing waits, so none are needed");
        }
        Growth.Answer answer =
                Growth.of(now).fromNothing(now.memory().restarts().startSeconds());
        return new Choice(
                Verdict.WAKE,
                answer.size(),
                say(
                        "%s wait and %s/s come: %s are to start, which takes %s",
                        amount(lag),
                        amount(now.load().arrivals()),
                        answer.size(),
                        seconds(now.memory().restarts().startSeconds())));
    }

    /** A consumer that is only just starting may be asked for more: it has nothing to restart. */
    Optional<Choice> starting() {
        if (now.phase().filter(each -> each == Phase.WAITING).isEmpty()) {
            return Optional.empty();
        }
        double waits = now.memory().restarts().startSeconds() - Seconds.of(now.sinceChange());
        Growth.Answer answer = Growth.of(now).fromNothing(Math.max(1, waits));
        return answer.size().parallelism() > now.memory().wanted()
                ? Optional.of(new Choice(
                        Verdict.UP,
                        answer.size(),
                        say(
                                "the job does not run yet, so more cost no restart: %s wait and %s/s come",
                                amount(now.load().lag()), amount(now.load().arrivals()))))
                : Optional.empty();
    }

    /** What to do when there is nothing to do. */
    Optional<Choice> fallingAsleep() {
        Duration lasting = now.memory().quiet().lasting(now.at());
        Duration idle = now.settings().idleAfter();
        if (!maySleep() || now.memory().quiet().since().isEmpty()) {
            return Optional.empty();
        }
        if (now.isFlink() && !isRunning()) {
            return Optional.empty();
        }
        if (now.isFlink() && !now.memory().quiet().isCovered()) {
            return lasting.multipliedBy(2).compareTo(idle) >= 0
                    ? Optional.of(settling(lasting, idle))
                    : Optional.empty();
        }
        boolean ends = lasting.compareTo(idle) >= 0
                && (!now.isFlink() || now.memory().quiet().isCommitted(now.at()));
        return ends ? Optional.of(none(lasting, idle)) : Optional.empty();
    }

    private Choice settling(Duration lasting, Duration idle) {
        return new Choice(
                Verdict.SETTLING,
                now.wanted(),
                say(
                        "nothing to do for %s, but no checkpoint has completed that began since; behind one, and %s after"
                                + " the last record, none are needed",
                        seconds(lasting), seconds(idle)));
    }

    private Choice none(Duration lasting, Duration idle) {
        return new Choice(
                Verdict.ZERO,
                now.sizes().smallest(),
                say(
                        "nothing to do for %s, at least %s%s: none are needed",
                        seconds(lasting), seconds(idle), now.isFlink() ? ", and a checkpoint covers it" : ""));
    }

    /** Whether it may soon sleep, so that a smaller size is not worth a restart any more. */
    boolean isNear() {
        Duration lasting = now.memory().quiet().lasting(now.at());
        return maySleep()
                && lasting.compareTo(now.settings().poll().multipliedBy(2)) >= 0
                && now.settings()
                                .idleAfter()
                                .compareTo(now.settings().downWindow().multipliedBy(2))
                        <= 0;
    }

    private boolean maySleep() {
        return now.settings().toZero() && now.settings().consumer() != Consumer.FLINK_OPERATOR;
    }

    private boolean isRunning() {
        return now.phase().filter(each -> each == Phase.RUNNING).isPresent();
    }
}
