package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ThreadTimeTest {

    private static final long SPENT = Duration.ofMillis(200).toNanos();

    @Test
    void whatOtherThreadsDoIsNoTimeOfThisOne() throws Exception {
        LongSupplier clock = ThreadTime.or(() -> 0);
        FutureTask<Long> other = new FutureTask<>(() -> {
            long start = clock.getAsLong();
            while (clock.getAsLong() - start < SPENT) {
                Thread.onSpinWait();
            }
            return clock.getAsLong() - start;
        });
        long before = clock.getAsLong();
        new Thread(other).start();

        assertThat(other.get()).isGreaterThanOrEqualTo(SPENT);
        assertThat(clock.getAsLong() - before).isLessThan(SPENT);
    }
}
