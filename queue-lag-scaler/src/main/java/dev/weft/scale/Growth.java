package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.percent;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import dev.weft.scale.Outlook.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Whether a larger size is worth its restart, and which. One is if records would wait longer than they may without it,
 * and if to decide later would cost seconds over the limit that to decide now does not. So noise, which the queue evens
 * out, is left to the queue, and a burst is answered at once.
 */
record Growth(Situation now, Outlook aim, Outlook limit) {

    /** When it is time to decide, as a share of what is allowed: the rest is for what was measured wrong. */
    private static final double AIM = 0.75;

    /** What the size that is chosen must keep, as a share of what is allowed. */
    private static final double KEPT = 0.9;

    /** So many seconds over the limit a larger size must save. */
    private static final double WORTH = 10;

    /** Sizes whose seconds over the limit differ by less are equally good. */
    private static final double EQUAL_SECONDS = 2;

    private static final double EQUAL_SHARE = 0.05;

    /** A size is put off only as long as that many looks later it would do as well. */
    private static final int LOOKS = 2;

    static Growth of(Situation now) {
        double slo = Seconds.of(now.settings().slo());
        double horizon = Seconds.of(now.settings().benefitHorizon());
        List<PartitionLag> counted = now.load().counted();
        double ahead = now.memory()
                .last()
                .map(last -> last.rise().ahead(now.at(), now.seen().arrivalsPerSecond()))
                .orElse(1.0);
        return new Growth(
                now, new Outlook(counted, 1, slo * AIM, horizon), new Outlook(counted, ahead, slo * KEPT, horizon));
    }

    /** A size, and the seconds over the limit that are left with it. */
    record Answer(Size size, double over) {}

    /** A larger size, and whether it comes too late already to keep the limit. */
    record Larger(Choice choice, boolean isLate) {}

    /** Returns the larger size that is called for, if one is. */
    Optional<Larger> larger(List<Size> candidates) {
        Stage present = now.present();
        double staying = secondsOverIfKept();
        if (candidates.isEmpty() || staying < WORTH) {
            return Optional.empty();
        }
        double restart = now.memory().restarts().restartSeconds();
        Answer best = best(candidates, untilChanged(), restart);
        double soon = aim.ofChanging(present, untilChanged(), restart, now.stage(best.size()));
        double later = aim.ofChanging(present, untilChanged() + delay(), restart, now.stage(best.size()));
        boolean helps = staying - soon >= WORTH;
        boolean presses = later > soon + 0.5;
        return helps && presses
                ? Optional.of(new Larger(
                        new Choice(Decision.Verdict.UP, best.size(), because(present, best, staying)), best.over() > 0))
                : Optional.empty();
    }

    /** Returns for how many seconds records would wait too long with the size as it is. */
    double secondsOverIfKept() {
        return aim.ofStaying(now.present());
    }

    /** Returns the size with which a consumer that sleeps, or is only just starting, should run. */
    Answer fromNothing(double startSeconds) {
        List<Size> all = now.sizes().ascending();
        return now.knowsCapacity() ? best(all, startSeconds, 0) : new Answer(all.get(0), 0);
    }

    private Answer best(List<Size> candidates, double wait, double restart) {
        List<Answer> answers = candidates.stream()
                .map(each -> new Answer(each, limit.ofChanging(now.present(), wait, restart, now.stage(each))))
                .toList();
        double least = answers.stream().mapToDouble(Answer::over).min().orElse(0);
        double allowed = Math.max(least + EQUAL_SECONDS, least * (1 + EQUAL_SHARE));
        double tightest = candidates.stream()
                .mapToDouble(each -> limit.utilisation(now.stage(each)))
                .min()
                .orElse(0);
        // If no size leaves room, such as with a hot partition, the one is taken that is about as good as any.
        double room = Math.max((1 + now.settings().utilisation()) / 2, tightest * 1.1);
        return answers.stream()
                .filter(each -> each.over() <= allowed)
                .filter(each -> limit.utilisation(now.stage(each.size())) <= room)
                .findFirst()
                .orElseGet(() -> answers.get(answers.size() - 1));
    }

    /** How long the present size still has to do. */
    private double untilChanged() {
        var restarts = now.memory().restarts();
        return Math.max(0, restarts.reactionSeconds(now.checkpointInterval()) - restarts.restartSeconds());
    }

    private double delay() {
        return LOOKS * Math.max(5, Seconds.of(now.settings().poll()));
    }

    private String because(Stage present, Answer best, double staying) {
        double mu = now.perSubtask(best.size().parallelism());
        return say(
                "%s wait, the oldest for %s, %s/s come and %d subtasks drain %s/s: %s over the limit of %s if nothing is"
                        + " done, %s with %s, of which the busiest would be used by %s",
                amount(now.load().lag()),
                seconds(now.load().oldest()),
                amount(now.load().arrivals()),
                present.subtasks(),
                amount(present.subtasks() * present.perSubtask()),
                seconds(staying),
                seconds(now.settings().slo()),
                seconds(best.over()),
                best.size(),
                mu > 0 ? percent(limit.utilisation(now.stage(best.size()))) : "an unknown share");
    }
}
