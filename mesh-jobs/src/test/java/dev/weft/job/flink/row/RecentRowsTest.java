package dev.weft.job.flink.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRowsTest {

    private static final long ROOM = 30;

    private final RecentRows<String, Row> rows = new RecentRows<>(ROOM);
    private final List<String> left = new ArrayList<>();

    private static final class Row extends RecentRows.Slot<String> {
        private final long weight;

        Row(String key, long weight) {
            super(key, Long.MAX_VALUE, false);
            this.weight = weight;
        }

        @Override
        protected long weight() {
            return weight;
        }
    }

    @Test
    void aRowThatWasAskedForOutlivesOneThatWasNot() {
        put("a", 10);
        put("b", 10);
        put("c", 10);
        put("d", 10);
        assertThat(left).containsExactly("a");
        assertThat(rows.get("b")).isNotNull();
        put("e", 10);
        assertThat(left).containsExactly("a", "c");
    }

    @Test
    void theRowThatCameInLastStaysHoweverLargeItIs() {
        put("a", 10);
        put("b", 10);
        put("large", 100);
        assertThat(left).containsExactlyInAnyOrder("a", "b");
        assertThat(rows.get("large")).isNotNull();
        assertThat(rows.weight()).isEqualTo(100);
    }

    @Test
    void whatLeavesWeighsNothing() {
        for (int i = 0; i < 1_000; i++) {
            put("row " + i, 1 + i % 7);
            rows.get("row " + i / 2);
        }
        assertThat(rows.weight()).isLessThanOrEqualTo(ROOM);
        List<Long> weights = new ArrayList<>();
        rows.forEach(row -> weights.add(row.weight()));
        assertThat(weights.stream().mapToLong(weight -> weight).sum()).isEqualTo(rows.weight());
        assertThat(left).hasSize(1_000 - rows.size()).doesNotHaveDuplicates();
    }

    private void put(String key, long weight) {
        rows.put(new Row(key, weight));
        if (rows.isFull()) {
            rows.makeRoom(row -> left.add(row.key));
        }
    }
}
