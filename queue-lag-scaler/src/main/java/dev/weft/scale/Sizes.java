package dev.weft.scale;

import dev.weft.scale.PolicySettings.Consumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sizes worth having: one that is larger than another leaves fewer partitions to the subtask that reads most of
 * them. All others cost more and drain no faster: of 12 partitions the slowest of 5 subtasks reads 3, as of 4.
 *
 * @param ascending at least one
 */
record Sizes(List<Size> ascending) {

    Sizes {
        ascending = List.copyOf(ascending);
    }

    static Sizes of(PolicySettings settings, List<PartitionLag> partitions) {
        var sizes = new ArrayList<Size>();
        int most = Integer.MAX_VALUE;
        int largest = Math.max(1, partitions.size());
        for (int replicas = settings.minReplicas(); replicas <= settings.maxReplicas(); replicas++) {
            Size size = best(settings, partitions, replicas, largest);
            int share = new Assignment(size.parallelism()).mostPerSubtask(partitions);
            if (sizes.isEmpty() || share < most) {
                sizes.add(size);
                most = share;
            }
            if (most <= 1) {
                break;
            }
        }
        return new Sizes(sizes);
    }

    /** Only a job that is told its parallelism can leave a slot free; the others use all they get. */
    private static Size best(PolicySettings settings, List<PartitionLag> partitions, int replicas, int largest) {
        int room = Math.multiplyExact(replicas, settings.slots());
        if (settings.consumer() != Consumer.FLINK_ADAPTIVE) {
            return new Size(room, replicas);
        }
        int upTo = Math.min(room, largest);
        int fewest = new Assignment(upTo).mostPerSubtask(partitions);
        int smallest = upTo;
        for (int n = upTo - 1; n > room - settings.slots() && n >= 1; n--) {
            int share = new Assignment(n).mostPerSubtask(partitions);
            if (share <= fewest) {
                fewest = share;
                smallest = n;
            }
        }
        return new Size(smallest, replicas);
    }

    Size smallest() {
        return ascending.get(0);
    }

    Size largest() {
        return ascending.get(ascending.size() - 1);
    }

    /** Returns the smallest size with so many subtasks or more; the largest there is if none has. */
    Size atLeast(int parallelism) {
        return ascending.stream()
                .filter(each -> each.parallelism() >= parallelism)
                .findFirst()
                .orElse(largest());
    }

    List<Size> above(int parallelism) {
        return ascending.stream()
                .filter(each -> each.parallelism() > parallelism)
                .toList();
    }

    List<Size> below(int parallelism) {
        return ascending.stream()
                .filter(each -> each.parallelism() < parallelism)
                .toList();
    }

    Optional<Size> exactly(int parallelism) {
        return ascending.stream()
                .filter(each -> each.parallelism() == parallelism)
                .findFirst();
    }
}
