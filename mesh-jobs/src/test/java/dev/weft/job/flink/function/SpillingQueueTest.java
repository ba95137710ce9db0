package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpillingQueueTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void givesWhatItTookInTheSameOrderWhateverIsOnDisk(int seed) throws IOException {
        Random random = new Random(seed);
        Queue<Message> expected = new ArrayDeque<>();
        try (SpillSpace space = new SpillSpace(folder, NO_LIMIT)) {
            SpillingQueue queue = new SpillingQueue(20_000, space);
            for (int burst = 0; burst < 40; burst++) {
                for (int i = random.nextInt(8_000); i > 0; i--) {
                    Message message = message(random);
                    expected.add(message);
                    assertThat(queue.add(message)).isTrue();
                }
                for (int i = random.nextInt(8_000); i > 0; i--) {
                    assertThat(queue.poll()).isEqualTo(expected.poll());
                }
                assertThat(queue.size()).isEqualTo(expected.size());
            }
            assertThat(all(queue)).containsExactlyElementsOf(expected);
            while (!expected.isEmpty()) {
                assertThat(queue.poll()).isEqualTo(expected.poll());
            }
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.isLong()).isFalse();
            assertThat(space.used()).isZero();
            assertThat(queue.bytesOnDisk()).isZero();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesNoMoreThanThereIsRoomForAndTakesAgainWhenThereIs() throws IOException {
        try (SpillSpace space = new SpillSpace(folder, 5_000)) {
            SpillingQueue queue = new SpillingQueue(1_000, space);
            int taken = 0;
            while (queue.add(numbered(taken))) {
                taken++;
            }
            assertThat(queue.size()).isEqualTo(taken);
            assertThat(space.used()).isBetween(4_000L, 5_000L);
            for (int i = 0; i < taken; i++) {
                assertThat(queue.poll()).isEqualTo(numbered(i));
            }
            assertThat(queue.add(numbered(0))).isTrue();
        }
    }

    @Test
    void takesWhatHasToBeTakenThoughThereIsNoRoom() throws IOException {
        try (SpillSpace space = new SpillSpace(folder, 0)) {
            SpillingQueue queue = new SpillingQueue(0, space);
            assertThat(queue.add(numbered(0))).isFalse();
            queue.addAnyway(numbered(1));
            assertThat(all(queue)).containsExactly(numbered(1));
        }
    }

    @Test
    void keepsNoMoreThanTwoFilesWorthInMemory() throws IOException {
        try (SpillSpace space = new SpillSpace(folder, NO_LIMIT)) {
            SpillingQueue queue = new SpillingQueue(10_000, space);
            for (int i = 0; i < 200_000; i++) {
                queue.add(numbered(i));
                assertThat(queue.bytes()).isLessThan(10_000 + (1 << 20) + 1_000);
            }
            assertThat(queue.bytesOnDisk()).isPositive();
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(queue.bytesOnDisk() >> 20);
            }
        }
    }

    private static List<Message> all(SpillingQueue queue) throws IOException {
        List<Message> all = new ArrayList<>();
        queue.forEach(all::add);
        return all;
    }

    private static Message message(Random random) {
        return numbered(random.nextInt(1_000_000));
    }

    private static Message numbered(int number) {
        return Ring.message(Ring.RING, Integer.toString(number % 100), number);
    }
}
