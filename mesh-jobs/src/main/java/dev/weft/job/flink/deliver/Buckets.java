package dev.weft.job.flink.deliver;

import dev.weft.delivery.Parcel;
import java.util.stream.IntStream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The keys under which parcels are kept. There is a fixed number of them, so that a restart knows all keys it may find
 * and looks for no others; each belongs to one key group, so they follow a change of the parallelism.
 */
public final class Buckets {

    /** Enough that several times {@value} / parallelism of them share the work evenly. */
    private static final int COUNT = 1024;

    private static final int SPREAD = 0x9E3779B9; // the golden ratio: neighbouring hashes come far apart

    private final int[] own;
    private int next;

    private Buckets(int[] own) {
        this.own = own;
    }

    /** Returns the bucket of an order key. */
    static int of(String orderKey) {
        return Math.floorMod((orderKey.hashCode() * SPREAD) >>> 8, COUNT);
    }

    /** Returns the bucket by which a parcel travels. Without an order key any will do, so they are spread. */
    static int of(Parcel parcel) {
        String orderKey = parcel.orderKey();
        return of(orderKey == null ? parcel.event().getId() : orderKey);
    }

    /** Returns those of one subtask. */
    public static Buckets of(TaskInfo task) {
        int groups = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange range = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        int[] own = within(range, groups);
        // With very many subtasks some would have none: those take the first beyond that leads to them.
        return new Buckets(own.length > 0 ? own : firstWithin(range, groups));
    }

    private static int[] within(KeyGroupRange range, int groups) {
        return IntStream.range(0, COUNT)
                .filter(bucket -> leadsTo(range, bucket, groups))
                .toArray();
    }

    private static int[] firstWithin(KeyGroupRange range, int groups) {
        return IntStream.iterate(COUNT, bucket -> bucket + 1)
                .filter(bucket -> leadsTo(range, bucket, groups))
                .limit(1)
                .toArray();
    }

    private static boolean leadsTo(KeyGroupRange range, int bucket, int groups) {
        return range.contains(KeyGroupRangeAssignment.assignToKeyGroup(bucket, groups));
    }

    int[] own() {
        return own.clone();
    }

    /** Returns one of this subtask's, another each time. */
    public int next() {
        next = next + 1 == own.length ? 0 : next + 1;
        return own[next];
    }
}
