package dev.weft.delivery;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * On what terms events are delivered to one target.
 *
 * @param target its name
 * @param concurrency the most calls at once, in all subtasks together; at least 1
 * @param adaptive whether fewer are made at once while the target answers slowly or with errors
 * @param rate the most calls per second, in all subtasks together; infinite: as many as there are
 * @param breaker null: the target is never taken for dead
 */
public record Terms(
        String target,
        int concurrency,
        boolean adaptive,
        double rate,
        RetryPolicy retry,
        @Nullable BreakerPolicy breaker,
        Order order,
        ParkingPolicy parking)
        implements Serializable {

    private static final int GONE_AT_ONCE = 1000;

    /** Returns the terms on which what waits for a target that is gone is given up: at once. */
    public static Terms gone(String target) {
        return new Terms(
                target,
                GONE_AT_ONCE,
                false,
                Double.POSITIVE_INFINITY,
                RetryPolicy.DEFAULT,
                null,
                Order.NONE,
                ParkingPolicy.DEFAULT);
    }

    /** Returns the share of one of so many subtasks: of each limit its part, and of calls one at least. */
    public Terms share(int subtasks) {
        return new Terms(
                target,
                (concurrency + subtasks - 1) / subtasks,
                adaptive,
                rate / subtasks,
                retry,
                breaker,
                order,
                new ParkingPolicy(Math.max(1, parking.maxBytes() / subtasks), parking.onFull()));
    }
}
