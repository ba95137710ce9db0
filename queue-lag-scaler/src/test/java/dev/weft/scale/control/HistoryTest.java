package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.control.Answers.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final History history = new History();

    @Test
    void reachesBackForHoursAndStaysSmall() {
        for (int i = 0; i < 8_640; i++) {
            history.add(seen(NOON.plusSeconds(10L * i), Verdict.HOLD));
        }
        List<Seen> all = history.all();
        assertThat(all).hasSizeLessThan(250);
        Duration reach = Duration.between(
                all.get(0).decision().at(), all.get(all.size() - 1).decision().at());
        assertThat(reach).isGreaterThan(Duration.ofHours(5));
        assertThat(all)
                .isSortedAccordingTo(
                        (a, b) -> a.decision().at().compareTo(b.decision().at()));
    }

    @Test
    void keepsChangesWithTheirWordsAndWhatIsNewWithAll() {
        history.add(seen(NOON, Verdict.UP));
        for (int i = 1; i < 100; i++) {
            history.add(seen(NOON.plusSeconds(10L * i), Verdict.HOLD));
        }
        List<Seen> all = history.all();
        assertThat(all.get(0).decision().because()).containsExactly("so");
        assertThat(all.get(1).decision().because()).isEmpty();
        assertThat(all.get(all.size() - 1).decision().because()).containsExactly("so");
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        for (int i = 0; i < 60; i++) {
            history.add(seen(NOON.plusSeconds(10L * i), Verdict.HOLD));
        }
        for (int i = 0; i < 60; i++) {
            history.add(seen(NOON.minusSeconds(86_400).plusSeconds(10L * i), Verdict.HOLD));
        }
        assertThat(history.all()).anyMatch(each -> each.decision().at().isBefore(NOON));
    }

    private static Seen seen(Instant at, Verdict verdict) {
        Decision decision = new Decision(at, verdict, true, 1, 1, 0, 0, 100, List.of("so"), List.of());
        return new Seen(decision, new Answer.Wanted(true, 1), Map.of("orders", 0.0));
    }
}
