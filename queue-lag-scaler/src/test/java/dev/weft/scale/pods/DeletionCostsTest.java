package dev.weft.scale.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.pods.DeletionCosts.Change;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionCostsTest {

    @ParameterizedTest(name = "tasks: {0}, cost: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            true  | 0      | right
            true  | 100    | right
            true  | -999   | right
            true  | -1000  | raised
            true  | -5000  | raised
            false | 0      | lowered
            false | 100    | lowered
            false | -999   | lowered
            false | -1000  | right
            false | -5000  | right
            """)
    void aPodIsWrittenToWhenItIsOnTheWrongSide(boolean hasTasks, int cost, String expected) {
        List<Change> changes =
                DeletionCosts.of(List.of(new Pod("a", cost, false)), hasTasks ? Set.of("a") : Set.of("b"));

        assertThat(changes)
                .isEqualTo(
                        switch (expected) {
                            case "raised" -> List.of(new Change("a", false));
                            case "lowered" -> List.of(new Change("a", true));
                            default -> List.of();
                        });
    }

    @Test
    void whatHasTasksAgainIsRaisedBeforeAnythingIsLowered() {
        List<Pod> pods = List.of(new Pod("idle", 0, false), new Pod("used", DeletionCosts.IDLE, false));

        assertThat(DeletionCosts.of(pods, Set.of("used")))
                .containsExactly(new Change("used", false), new Change("idle", true));
    }

    @Test
    void aPodThatEndsIsLeftAlone() {
        assertThat(DeletionCosts.of(List.of(new Pod("a", 0, true)), Set.of())).isEmpty();
    }
}
