package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each size was needed last, so that a smaller one is only taken when it would have done for a while.
 *
 * <p>How long a while is follows from what is at stake: to keep what is not needed costs replicas for that time, to
 * give it up and want it back costs restarts. So the price of giving up is held against what was wasted so far, and a
 * consumer that could shrink from 12 to 3 does so earlier than one that could shrink from 4 to 3.
 *
 * @param lastNeeded by parallelism
 */
record Patience(Map<Integer, Instant> lastNeeded) {

    static final Patience NONE = new Patience(Map.of());

    Patience {
        lastNeeded = Map.copyOf(lastNeeded);
    }

    /** Takes in that a size is needed, and forgets about sizes nobody has any more. */
    Patience needing(Size size, Sizes sizes, Instant at) {
        var needed = new TreeMap<>(lastNeeded);
        needed.keySet().removeIf(each -> sizes.exactly(each).isEmpty());
        needed.put(size.parallelism(), at);
        return new Patience(needed);
    }

    /** Returns for how long nothing above a size was needed, at most since {@code from}. */
    Duration withoutMoreThan(Size size, Instant from, Instant at) {
        Instant last = lastNeeded.entrySet().stream()
                .filter(each -> each.getKey() > size.parallelism())
                .map(Map.Entry::getValue)
                .filter(from::isBefore)
                .max(Instant::compareTo)
                .orElse(from);
        return Duration.between(last, at);
    }

    /**
     * Returns how long a smaller size must have been enough before it is taken: half the window if it is half the size.
     */
    static Duration price(Size now, Size smaller, Duration window) {
        double share = (double) now.replicas() / (now.replicas() - smaller.replicas());
        return Duration.ofMillis(Math.round(window.toMillis() * share / 2));
    }
}
