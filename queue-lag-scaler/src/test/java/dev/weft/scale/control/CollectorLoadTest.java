package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.PodControl;
import dev.weft.testkit.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollectorLoadTest {

    private static final int SCALED_OBJECTS = 1_000;
    private static final int PARTITIONS = 100;
    private static final Duration BOUND = Duration.ofMinutes(1);

    @Test
    void aThousandScaledObjectsAreReadInAFewBatchesAndAnsweredAtOnce() throws Exception {
        Clock clock = Clock.systemUTC();
        FakeQueues queues = new FakeQueues(clock, PARTITIONS);
        Set<String> decided = ConcurrentHashMap.newKeySet();
        CollectorEvents events = new CollectorEvents() {
            @Override
            public void stepTaken(ScaledObjectKey scaledObject, Step step) {
                if (step.decision().isPresent()) {
                    decided.add(scaledObject.name());
                }
            }
        };
        List<Trigger> triggers = IntStream.range(0, SCALED_OBJECTS)
                .mapToObj(i -> Triggers.named("queue-" + i, Consumer.FLINK_ADAPTIVE, Duration.ofSeconds(2)))
                .toList();
        try (Collector collector =
                new Collector(queues, new FakeJobs(clock), PodControl.none(), Memories.none(), clock, events)) {
            triggers.forEach(collector::of);
            collector.start();
            long[] waits = new long[100_000];
            for (int i = 0; i < waits.length; i++) {
                long began = System.nanoTime();
                collector.of(triggers.get(i % SCALED_OBJECTS));
                waits[i] = System.nanoTime() - began;
            }
            Await.until("decisions on all", BOUND, () -> decided.size() == SCALED_OBJECTS);
            Arrays.sort(waits);
            assertThat(waits[waits.length * 99 / 100])
                    .as("99th percentile of an answer, in ns")
                    .isLessThan(Duration.ofMillis(20).toNanos());
            int read = queues.reads.stream().mapToInt(Set::size).sum();
            assertThat(queues.reads).as("batches of %d queues", read).hasSizeLessThan(read / 20);
        }
    }
}
