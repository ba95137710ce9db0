package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import dev.weft.scale.Decision.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether larger sizes drain more, and what follows if one does not. */
record Trials(Situation now) {

    /** A larger size that did not help is not tried again for so long. */
    private static final Duration AVOIDED = Duration.ofMinutes(30);

    static Trials of(Situation now) {
        return new Trials(now);
    }

    /** Returns the larger sizes that may be tried. */
    List<Size> allowed() {
        List<Size> larger = now.sizes().above(now.memory().wanted());
        return now.memory()
                .trial()
                .filter(this::isAvoided)
                .map(trial -> larger.stream()
                        .filter(each -> each.parallelism() <= trial.from())
                        .toList())
                .orElse(larger);
    }

    /** Gives up a larger size that drains no more. */
    Optional<Choice> undone() {
        return now.memory()
                .trial()
                .filter(trial -> trial.failed().isEmpty()
                        && isOver(trial)
                        && trial.isFailedBy(now.drain().perSecond()))
                .map(trial -> new Choice(
                        Verdict.DOWN,
                        now.sizes().atLeast(trial.from()),
                        say(
                                "%d subtasks drain %s/s and %d drained %s/s: of %s/s more that were expected too little"
                                        + " came, so the larger size is given up for %s",
                                trial.to(),
                                amount(now.drain().perSecond()),
                                trial.from(),
                                amount(trial.drained()),
                                amount(trial.gainExpected()),
                                seconds(AVOIDED))));
    }

    /** Returns the memory with what has come of the trial. */
    Memory judged() {
        Memory memory = now.memory();
        return memory.trying(memory.trial().flatMap(trial -> {
            if (trial.failed().isPresent()) {
                return isAvoided(trial) ? Optional.of(trial) : Optional.empty();
            }
            if (now.running() != trial.to() || !now.isSteady()) {
                return Optional.of(trial);
            }
            return isOver(trial) && trial.isFailedBy(now.drain().perSecond())
                    ? Optional.of(trial.failedAt(now.at()))
                    : Optional.empty();
        }));
    }

    /** Remembers what was drained before a larger size, if that was all that could be. */
    static Memory begun(Situation now, Choice larger, Memory memory) {
        boolean failedBefore = memory.trial().flatMap(Trial::failed).isPresent();
        return now.drain().backlogged() && now.running() > 0 && !failedBefore
                ? memory.trying(Optional.of(new Trial(
                        now.running(), larger.size().parallelism(), now.drain().perSecond(), Optional.empty())))
                : memory;
    }

    private boolean isOver(Trial trial) {
        return now.running() == trial.to() && now.isSteady() && now.drain().backlogged();
    }

    private boolean isAvoided(Trial trial) {
        return trial.failed()
                .filter(at -> Duration.between(at, now.at()).compareTo(AVOIDED) < 0)
                .isPresent();
    }
}
