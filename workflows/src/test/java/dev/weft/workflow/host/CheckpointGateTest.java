package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointGateTest {

    private final CheckpointGate gate = new CheckpointGate();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatWaitsGoesOnWhenACheckpointThatKnowsOfItHasCompleted() {
        gate.await(() -> done.add("first"));
        gate.taken(1);
        gate.await(() -> done.add("second"));
        gate.completed(1);

        assertThat(done).containsExactly("first");

        gate.taken(2);
        gate.taken(3);
        gate.completed(3);

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void nothingIsHeldBackWhereNoCheckpointComesAnyMore() {
        gate.await(() -> done.add("taken"));
        gate.taken(1);
        gate.await(() -> done.add("fresh"));

        gate.open();
        gate.await(() -> done.add("late"));

        assertThat(done).containsExactly("taken", "fresh", "late");
    }
}
