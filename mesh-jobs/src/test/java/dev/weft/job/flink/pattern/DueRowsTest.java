package dev.weft.job.flink.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Crew;
import dev.weft.cep.live.KeyRow;
import dev.weft.cep.live.Seen;
import dev.weft.event.Origin;
import dev.weft.job.flink.pattern.RowCache.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueRowsTest {

    private static final int ROWS = 40;

    private final DueRows due = new DueRows();

    @Test
    void givesEveryRowThatIsDueAndNoOther() {
        Random random = new Random(20261121);
        List<Slot> slots = new ArrayList<>(
                IntStream.range(0, ROWS).mapToObj(row -> slot("row-" + row)).toList());
        for (int watermark = 0; watermark < 20_000; watermark += random.nextInt(20)) {
            for (int i = random.nextInt(5); i > 0; i--) {
                Slot slot = slots.get(random.nextInt(ROWS));
                slot.row.add(seen(watermark + 1 + random.nextInt(100)));
                due.touch(slot);
            }
            if (random.nextInt(4) == 0) {
                int leaves = random.nextInt(ROWS);
                due.remove(slots.get(leaves));
                slots.set(leaves, slot("row-" + leaves + "@" + watermark));
            }
            Set<String> expected = expected(slots, watermark);
            assertThat(dueAt(watermark)).isEqualTo(expected);
        }
    }

    @Test
    void givesRowsInTheOrderInWhichTheyWereTouched() {
        for (String key : List.of("b", "a", "c")) {
            Slot slot = slot(key);
            slot.row.add(seen(5));
            due.touch(slot);
        }
        assertThat(IntStream.range(0, 3).mapToObj(i -> due.next(5)).map(slot -> slot.key))
                .containsExactly("b", "a", "c");
        assertThat(due.next(5)).isNull();
    }

    @Test
    void givesNoRowThatHasNothingToDoWhenTimeEnds() {
        due.touch(slot("a"));
        assertThat(due.next(Long.MAX_VALUE)).isNull();
    }

    private Set<String> dueAt(long watermark) {
        Set<String> keys = new HashSet<>();
        for (Slot slot = due.next(watermark); slot != null; slot = due.next(watermark)) {
            assertThat(keys.add(slot.key)).isTrue();
            slot.row.advance(watermark, Crew.none(), (tenure, key) -> {
                throw new IllegalStateException("there are no patterns");
            });
            due.touch(slot);
        }
        return keys;
    }

    private static Set<String> expected(List<Slot> slots, long watermark) {
        return slots.stream()
                .filter(slot -> slot.row.due() <= watermark)
                .map(slot -> slot.key)
                .collect(Collectors.toSet());
    }

    private static Slot slot(String key) {
        return new Slot(key, new KeyRow(new Key("[\"" + key + "\"]", key)), Long.MAX_VALUE, false);
    }

    private static Seen seen(long time) {
        return new Seen(1, new Sighting(new KeptEvent(time, Origin.NONE, Map.of(), MissingNode.getInstance()), 1));
    }
}
