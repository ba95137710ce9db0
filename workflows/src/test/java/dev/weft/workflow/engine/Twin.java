package dev.weft.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance of a story, kept in one of several ways. All ways must give the same. */
final class Twin {

    /** How an instance is kept between two signals, and how far it goes at once. */
    enum Keeping {
        IN_MEMORY,
        WRITTEN_AND_READ,
        WRITTEN_AND_READ_AFTER_EVERY_TASK
    }

    private final Engine engine = new Engine();
    private final Keeping keeping;
    private Program program;
    private @Nullable Instance instance;

    Twin(Keeping keeping, Program program) {
        this.keeping = keeping;
        this.program = program;
    }

    Instance instance() {
        return java.util.Objects.requireNonNull(instance);
    }

    /**
     * Returns what is to be done in the end: requests to be called again are followed, and not returned; of wake-ups,
     * only the last counts.
     */
    List<Effect> take(Signal signal, long now, LifecycleLevel level, Limits limits) throws InstanceUnreadable {
        List<Effect> effects = new ArrayList<>();
        int atOnce = keeping == Keeping.WRITTEN_AND_READ_AFTER_EVERY_TASK ? 1 : limits.stepsAtOnce();
        Surroundings around = new Surroundings(
                now,
                () -> 0,
                level,
                new Limits(
                        limits.stateBytes(),
                        limits.outputBytes(),
                        limits.frames(),
                        limits.iterations(),
                        atOnce,
                        limits.steps(),
                        limits.events(),
                        limits.retries(),
                        limits.longestDelay()));
        long before = instance == null || signal instanceof Signal.Wake ? Frame.NEVER : instance.wakeAt;
        Signal next = signal;
        while (next != null) {
            Step step = engine.apply(program, instance, next, around);
            keep(step.next());
            next = null;
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.GoOnSoon) {
                    next = new Signal.GoOn();
                } else {
                    effects.add(effect);
                }
            }
            if (next == null && instance().wakeAt <= now) {
                next = new Signal.Wake();
            }
        }
        effects.removeIf(effect -> effect instanceof Effect.WakeAt || effect instanceof Effect.NoWake);
        if (!instance().status().isLast() && instance().wakeAt != before) {
            long wake = instance().wakeAt;
            effects.add(wake == Frame.NEVER ? new Effect.NoWake() : new Effect.WakeAt(wake));
        }
        return effects;
    }

    private void keep(Instance next) throws InstanceUnreadable {
        program = next.program();
        if (keeping == Keeping.IN_MEMORY) {
            instance = next;
            return;
        }
        byte[] bytes = InstanceForm.write(next);
        Instance read = InstanceForm.read(bytes, program);
        byte[] again = InstanceForm.write(read);
        if (!java.util.Arrays.equals(bytes, again)) {
            throw new AssertionError("what was read is written in another way");
        }
        instance = read;
    }
}
