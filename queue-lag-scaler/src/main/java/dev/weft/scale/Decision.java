package dev.weft.scale;

import java.time.Instant;
import java.util.List;

/**
 * How large a consumer should be, and why.
 *
 * @param verdict in one word
 * @param active whether there should be any replica at all
 * @param parallelism subtasks that are wanted; 0 if not active
 * @param replicas that are wanted: {@code parallelism} divided by slots, rounded up
 * @param lag records that wait, without those of stuck partitions
 * @param arrivalsPerSecond the rate reckoned with
 * @param capacityPerSubtask records per second one subtask drains, as far as is known; 0 if it is not
 * @param because the arithmetic in words, one sentence each, the deciding one first
 * @param alarms what a person should look at, such as a stuck or a hot partition
 */
public record Decision(
        Instant at,
        Verdict verdict,
        boolean active,
        int parallelism,
        int replicas,
        double lag,
        double arrivalsPerSecond,
        double capacityPerSubtask,
        List<String> because,
        List<Alarm> alarms) {

    public Decision {
        because = List.copyOf(because);
        alarms = List.copyOf(alarms);
    }

    /** A decision in one word. */
    public enum Verdict {
        HOLD,
        UP,
        DOWN,
        /** To none. */
        ZERO,
        /** From none. */
        WAKE,
        /** A checkpoint is wanted before there may be none. */
        SETTLING
    }

    /** What a person should look at. */
    public record Alarm(Kind kind, String text) {

        /** Which alarm. */
        public enum Kind {
            STUCK_PARTITION,
            HOT_PARTITION,
            TARGET_LIMITED,
            FAILING_CHECKPOINTS,
            ESTIMATED,
            AT_MAXIMUM,
            INEFFECTIVE
        }
    }
}
