package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory.MemoryCheckpointOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopChannelTest {

    private static final int GROUPS = 128;
    private static final KeyGroupRange ALL = KeyGroupRange.of(0, GROUPS - 1);
    private static final long ROOM = 1 << 20;

    /** What it would be written to may be closed by then. */
    @Test
    void theLogOfACheckpointThatHasFailedIsNotWritten(@TempDir Path folder) throws IOException {
        LoopChannel channel = LoopChannel.join(new LoopChannel.Name(new JobID(), "loop", 0, 0));
        try (SpillSpace space = new SpillSpace(folder, ROOM)) {
            channel.begin(new SpillingQueue(ROOM, space));
            begin(channel, 1, space);
            begin(channel, 2, space);
            channel.sentinel(1);
            channel.sentinel(2);

            channel.abort(1);

            assertThat(channel.takeWhole()).hasSize(1);
            channel.close();
        }
        channel.leave();
    }

    private static void begin(LoopChannel channel, long checkpoint, SpillSpace space) throws IOException {
        LoopLog log = new LoopLog(ALL, GROUPS, ROOM, space);
        channel.open(checkpoint, log);
        channel.goesTo(new KeyedStateCheckpointOutputStream(new MemoryCheckpointOutputStream(1 << 20), ALL), log);
    }
}
