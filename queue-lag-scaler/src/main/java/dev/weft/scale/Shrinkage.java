package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.percent;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a smaller size has been enough for long enough. */
record Shrinkage(Situation now, Outlook outlook) {

    /** A smaller size must leave more room than a larger one is asked for, or the two would take turns. */
    private static final double ROOM = 0.9;

    static Shrinkage of(Situation now) {
        double limit = Seconds.of(now.settings().slo()) / 2;
        double horizon = Seconds.of(now.settings().benefitHorizon());
        return new Shrinkage(now, new Outlook(now.load().counted(), 1, limit, horizon));
    }

    /** Returns the smallest size that would do at this moment. */
    Size needed() {
        Size wanted = now.wanted();
        double restart = now.memory().restarts().restartSeconds();
        double drained = now.present().subtasks() * now.present().perSubtask();
        if (now.load().lag() > Drain.BACKLOG_SECONDS * drained) {
            return wanted;
        }
        return now.sizes().below(wanted.parallelism()).stream()
                .filter(each -> outlook.utilisation(now.stage(each)) <= allowed())
                .filter(each -> outlook.ofChanging(now.present(), 0, restart, now.stage(each)) <= 0)
                .findFirst()
                .orElse(wanted);
    }

    /** Returns the smaller size that may be taken now, if one may. */
    Optional<Choice> smaller() {
        Size wanted = now.wanted();
        Instant from = now.memory().since().orElse(Instant.EPOCH);
        return now.sizes().below(wanted.parallelism()).stream()
                .filter(each -> isWorthIt(wanted, each))
                .filter(each -> lacking(wanted, each, from).compareTo(Duration.ZERO) <= 0)
                .findFirst()
                .filter(each -> !isSoonSmaller(wanted, each, from))
                .map(each -> new Choice(Decision.Verdict.DOWN, each, because(wanted, each, from)));
    }

    /** Returns how much longer a size must be enough. */
    private Duration lacking(Size wanted, Size smaller, Instant from) {
        return Patience.price(wanted, smaller, now.settings().downWindow())
                .minus(now.memory().patience().withoutMoreThan(smaller, from, now.at()));
    }

    /** A load that falls is followed by one step to where it falls to, rather than by several on the way. */
    private boolean isSoonSmaller(Size wanted, Size smaller, Instant from) {
        Size needed = needed();
        return needed.parallelism() < smaller.parallelism()
                && lacking(wanted, needed, from)
                                .compareTo(Patience.price(
                                        wanted, smaller, now.settings().downWindow()))
                        <= 0;
    }

    private double allowed() {
        return now.settings().utilisation() * ROOM;
    }

    private boolean isWorthIt(Size wanted, Size smaller) {
        double saved = (wanted.replicas() - smaller.replicas())
                * Seconds.of(now.settings().benefitHorizon());
        return saved > wanted.replicas() * now.memory().restarts().restartSeconds();
    }

    private String because(Size wanted, Size smaller, Instant from) {
        Duration enough = now.memory().patience().withoutMoreThan(smaller, from, now.at());
        return say(
                "%s has been enough for %s, as long as its price of %s: %s/s come, %s/s are drained by each subtask, so"
                        + " the busiest would be used by %s of at most %s",
                smaller,
                seconds(enough),
                seconds(Patience.price(wanted, smaller, now.settings().downWindow())),
                amount(now.load().arrivals()),
                amount(now.perSubtask(smaller.parallelism())),
                percent(outlook.utilisation(now.stage(smaller))),
                percent(allowed()));
    }
}
