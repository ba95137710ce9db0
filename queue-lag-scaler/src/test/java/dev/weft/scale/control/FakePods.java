package dev.weft.scale.control;

import static java.util.stream.Collectors.toSet;

import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.Reading;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pods of clusters that a test names, and a Kubernetes that may be away. */
final class FakePods implements PodControl {

    final Set<String> kept = ConcurrentHashMap.newKeySet();
    final List<Set<String>> marked = new CopyOnWriteArrayList<>();
    volatile boolean isAway;
    volatile @Nullable CountDownLatch stuck;

    /** Returns the TaskManagers of a job of that size. */
    static Set<String> first(int parallelism) {
        return IntStream.range(0, parallelism).mapToObj(each -> "tm-" + each).collect(toSet());
    }

    @Override
    public boolean keeps(String cluster) {
        return kept.contains(cluster);
    }

    @Override
    public Reading<Integer> mark(String cluster, Set<String> used) {
        CountDownLatch latch = stuck;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (isAway) {
            return new Reading.Unknown<>("connection refused");
        }
        marked.add(used);
        return new Reading.Known<>(used.size());
    }
}
