package dev.weft.job.flink;

import dev.weft.event.EventReader;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.flink.connect.ControlFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A control channel in memory. Copies that were sent over the wire read the same. */
record FakeControl(String id) implements ControlFeed.Opening {

    private static final Map<String, List<WireRecord>> LOGS = new ConcurrentHashMap<>();
    private static final long BETWEEN_LOOKS = 1_000_000;

    static FakeControl create() {
        String id = UUID.randomUUID().toString();
        LOGS.put(id, new ArrayList<>());
        return new FakeControl(id);
    }

    void put(WireRecord record) {
        List<WireRecord> log = log();
        synchronized (log) {
            log.add(record);
        }
    }

    private List<WireRecord> log() {
        return LOGS.getOrDefault(id, List.of());
    }

    @Override
    public ControlFeed open(long from) {
        return new Feed(from);
    }

    private final class Feed implements ControlFeed {
        private long position;

        Feed(long position) {
            this.position = position;
        }

        @Override
        public List<Received> poll() throws InterruptedException {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<WireRecord> log = log();
            List<Received> read = new ArrayList<>();
            synchronized (log) {
                for (; position < log.size(); position++) {
                    read.add(new EventReader(Integer.MAX_VALUE)
                            .read(new Origin("shop.control", 0, position, 0), log.get((int) position)));
                }
            }
            return read;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
