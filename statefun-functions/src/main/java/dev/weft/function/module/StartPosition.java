package dev.weft.function.module;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where reading of an ingress begins. */
public sealed interface StartPosition {

    /** At a place that needs no more words. */
    enum At implements StartPosition {
        EARLIEST,
        LATEST,
        /** After what the consumer group has committed. */
        GROUP_OFFSETS
    }

    /** In each partition at an offset of its own. */
    record Offsets(Map<Partition, Long> byPartition) implements StartPosition {

        public Offsets {
            byPartition = Collections.unmodifiableMap(new LinkedHashMap<>(byPartition));
        }
    }

    /** At the first record that is not older. */
    record Since(Instant time) implements StartPosition {}

    /** A partition of a topic. */
    record Partition(String topic, int number) {}
}
