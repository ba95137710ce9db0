package dev.weft.job.cluster;

import java.time.Duration;

/** How long to go on asking for something that is not there yet. */
final class Patience {

    private final long deadline;

    Patience(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Waits a while before the next look; returns false at once when there is no time left for one. */
    boolean pause(Duration between) throws InterruptedException {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        Thread.sleep(between.toMillis());
        return true;
    }
}
