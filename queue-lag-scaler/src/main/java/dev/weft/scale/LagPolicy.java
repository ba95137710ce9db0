package dev.weft.scale;

import static dev.weft.scale.Words.amount;
import static dev.weft.scale.Words.say;
import static dev.weft.scale.Words.seconds;

import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.Growth.Larger;
import dev.weft.scale.JobReading.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides the size of one consumer. Pure: the same memory and observation give the same judgement, whenever asked.
 *
 * <p>The rules are asked in an order, and the first that has an answer decides:
 *
 * <ol>
 *   <li>none are needed, or some are needed again ({@link Sleep});
 *   <li>while a change is under way, or nobody could see what it does, nothing is changed;
 *   <li>nothing to do for long enough: a checkpoint, then none ({@link Sleep});
 *   <li>a larger size that drains no more is given up ({@link Trials});
 *   <li>records would wait too long: a larger size ({@link Growth});
 *   <li>a smaller one has been enough for long enough ({@link Shrinkage}).
 * </ol>
 *
 * <p>How busy a processor is appears nowhere.
 */
public final class LagPolicy {

    private final PolicySettings settings;

    public LagPolicy(PolicySettings settings) {
        this.settings = settings;
    }

    /** A decision and what is to be remembered with it. */
    public record Judgement(Decision decision, Memory memory) {}

    /** Judges what was observed. */
    public Judgement judge(Memory memory, Observation seen) {
        Situation now = Learning.from(settings, memory, seen);
        Optional<Larger> larger = now.isBlind()
                ? Optional.empty()
                : Growth.of(now).larger(Trials.of(now).allowed());
        Choice choice = choose(now, larger);
        return new Judgement(decision(now, choice), remembered(now, choice, larger.isPresent()));
    }

    private static Choice choose(Situation now, Optional<Larger> larger) {
        if (now.memory().wanted() == 0) {
            return Sleep.of(now).asleep();
        }
        Optional<Choice> stays = Sleep.of(now).starting().or(() -> mustStay(now));
        if (stays.isPresent()) {
            return stays.get();
        }
        return Sleep.of(now)
                .fallingAsleep()
                .or(() -> unsteady(now))
                .or(() -> Trials.of(now).undone())
                .or(() -> up(now, larger))
                .or(() -> down(now))
                .orElseGet(() -> hold(now, enough(now)));
    }

    /** What forbids every change of size. */
    private static Optional<Choice> mustStay(Situation now) {
        if (now.phase().filter(each -> each == Phase.ENDED).isPresent()) {
            return Optional.of(hold(now, "the job has ended; its size is kept"));
        }
        if (now.isInFlight()) {
            return Optional.of(hold(
                    now,
                    say(
                            "a change is under way: %d subtasks run of %d that are wanted since %s",
                            now.running(), now.memory().wanted(), seconds(now.sinceChange()))));
        }
        return Optional.empty();
    }

    private static Optional<Choice> unsteady(Situation now) {
        if (now.jobIsUnknown()) {
            return Optional.of(hold(now, "the job cannot be asked; its size is kept"));
        }
        if (!now.isSteady()) {
            return Optional.of(hold(
                    now,
                    say(
                            "the last change was %s ago; the next one waits for %s and a completed checkpoint",
                            seconds(now.sinceChange()), seconds(now.settings().steadyFor()))));
        }
        return now.running() > 0 && now.knowsCapacity()
                ? Optional.empty()
                : Optional.of(hold(now, "nobody has seen yet how fast a subtask drains; the size is kept"));
    }

    private static Optional<Choice> up(Situation now, Optional<Larger> larger) {
        if (now.isTargetLimited()) {
            return Optional.of(hold(now, "the target of the job is what holds it back; more subtasks would not help"));
        }
        return larger.map(each -> pressedTwice(now, each));
    }

    /** One look may be a slip, and in the middle of a step of the load it sees half of it; but what is late is late. */
    private static Choice pressedTwice(Situation now, Larger larger) {
        Choice up = larger.choice();
        return larger.isLate() || now.memory().pressed().isPresent()
                ? up
                : hold(now, say("%s is called for, but at one look only: %s", up.size(), up.because()));
    }

    private static Optional<Choice> down(Situation now) {
        if (now.isEstimated() || now.hasFailingCheckpoints() || Sleep.of(now).isNear()) {
            return Optional.empty();
        }
        return Shrinkage.of(now).smaller();
    }

    private static String enough(Situation now) {
        return say(
                "%s is kept: %s wait, the oldest for %s of %s, %s/s come and %d subtasks drain %s/s",
                now.wanted(),
                amount(now.load().lag()),
                seconds(now.load().oldest()),
                seconds(now.settings().slo()),
                amount(now.load().arrivals()),
                now.running(),
                amount(now.running() * now.perSubtask(Math.max(1, now.running()))));
    }

    static Choice hold(Situation now, String because) {
        return new Choice(Verdict.HOLD, now.wanted(), because);
    }

    private static Memory remembered(Situation now, Choice choice, boolean presses) {
        Memory memory = Trials.of(now).judged();
        Instant at = now.at();
        switch (choice.verdict()) {
            case UP:
                return Trials.begun(now, choice, memory).wanting(choice.size().parallelism(), at);
            case DOWN:
            case WAKE:
                return memory.wanting(choice.size().parallelism(), at);
            case ZERO:
                return memory.wanting(0, at);
            default:
                return now.memory().wanted() == 0 ? memory : watched(now, memory, presses);
        }
    }

    private static Memory watched(Situation now, Memory memory, boolean presses) {
        // What nobody could see may have been needed.
        Size needed = now.isBlind() ? now.wanted() : Shrinkage.of(now).needed();
        return memory.with(memory.patience().needing(needed, now.sizes(), now.at()))
                .pressedSince(presses ? memory.pressed().or(() -> Optional.of(now.at())) : Optional.empty());
    }

    private static Decision decision(Situation now, Choice choice) {
        var because = new ArrayList<String>();
        because.add(choice.because());
        because.addAll(Arithmetic.of(now).sentences());
        boolean none = choice.verdict() == Verdict.ZERO
                || choice.verdict() == Verdict.HOLD && now.memory().wanted() == 0;
        return new Decision(
                now.at(),
                choice.verdict(),
                !none,
                none ? 0 : choice.size().parallelism(),
                none ? 0 : choice.size().replicas(),
                now.load().lag(),
                now.load().arrivals(),
                now.perSubtask(Math.max(1, now.running())),
                List.copyOf(because),
                Alarms.of(now, choice));
    }
}
