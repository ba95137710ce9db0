package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.function.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory.MemoryCheckpointOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopLogTest {

    private static final int GROUPS = 128;
    private static final KeyGroupRange ALL = KeyGroupRange.of(0, GROUPS - 1);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} bytes of memory")
    @ValueSource(longs = {1, 10_000, 1 << 30})
    void holdsTheMessagesOfEachKeyGroupInTheirOrder(long memory) throws IOException {
        List<Message> messages = IntStream.range(0, 5_000)
                .mapToObj(i -> Ring.message(Ring.RING, Integer.toString(i % 50), i))
                .toList();
        byte[] written = written(messages, memory);

        ByteArrayInputStream in = new ByteArrayInputStream(written);
        for (int group = 0; group < GROUPS; group++) {
            int of = group;
            List<Message> read = new ArrayList<>();
            LoopLog.read(in, read::add);
            assertThat(read)
                    .containsExactlyElementsOf(messages.stream()
                            .filter(message -> KeyGroupRangeAssignment.assignToKeyGroup(
                                            message.target().id(), GROUPS)
                                    == of)
                            .toList());
        }
        assertThat(in.available()).isZero();
        assertThat(folder).as("what was spilled").isEmptyDirectory();
    }

    @Test
    void writesEveryKeyGroupThoughThereIsNoMessage() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(written(List.of(), 100));
        for (int group = 0; group < GROUPS; group++) {
            assertThat(LoopLog.read(in, message -> {})).isZero();
        }
    }

    @Test
    void refusesWhatANewerWeftWrote() {
        byte[] newer = ByteBuffer.allocate(8).putInt(2).putInt(0).array();
        assertThatThrownBy(() -> LoopLog.read(new ByteArrayInputStream(newer), message -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void refusesALogThatIsCutOff() {
        byte[] cut = ByteBuffer.allocate(8).putInt(1).putInt(100).array();
        assertThatThrownBy(() -> LoopLog.read(new ByteArrayInputStream(cut), message -> {}))
                .isInstanceOf(IOException.class);
    }

    private byte[] written(List<Message> messages, long memory) throws IOException {
        MemoryCheckpointOutputStream bytes = new MemoryCheckpointOutputStream(16 << 20);
        try (SpillSpace space = new SpillSpace(folder, Long.MAX_VALUE);
                LoopLog log = new LoopLog(ALL, GROUPS, memory, space)) {
            for (Message message : messages) {
                log.add(message);
            }
            log.goesTo(new KeyedStateCheckpointOutputStream(bytes, ALL));
            log.write();
        }
        return bytes.closeAndGetBytes();
    }
}
