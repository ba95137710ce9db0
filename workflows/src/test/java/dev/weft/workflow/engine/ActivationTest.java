package dev.weft.workflow.engine;

import static dev.weft.workflow.engine.Story.NOON;
import static dev.weft.workflow.engine.Story.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left for the next activation, when something else comes before it. */
final class ActivationTest {

    private final Program program = Story.program("""
            do:
              - both:
                  fork:
                    branches:
                      - slow:
                          try:
                            - one: { emit: { event: { with: { type: one, data: 1 } } } }
                            - two: { emit: { event: { with: { type: two, data: 2 } } } }
                            - three: { emit: { event: { with: { type: three, data: 3 } } } }
                          catch: { retry: { limit: { attempt: { count: 1, duration: PT1S } } } }
                      - other: { set: { other: true } }
            """);
    private final List<String> emitted = new ArrayList<>();

    @Test
    void whatAnAttemptWasAboutToDoWhenItsTimeWasOverIsNotDone() throws Exception {
        Instance parked = taken(null, new Signal.Start("one", json("{}"), null, null), NOON, 4);
        Instance again = taken(parked, new Signal.Wake(), NOON + 1000, 2);
        Instance read = InstanceForm.read(InstanceForm.write(again), program);
        Instance done = taken(read, new Signal.GoOn(), NOON + 1000, 100);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(emitted).containsExactly("one", "two", "one", "two", "three");
    }

    private Instance taken(@Nullable Instance before, Signal signal, long now, int atOnce) {
        Limits limits = new Limits(1 << 20, 512 << 10, 10, 100, atOnce, 5000, 2, 100, 1000);
        Surroundings around = new Surroundings(now, () -> 0, LifecycleLevel.NONE, limits);
        Step step = new Engine().apply(program, before, signal, around);
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Emit emit) {
                emitted.add(emit.event().path("type").asText());
            }
        }
        return step.next();
    }
}
