package dev.weft.job.flink.deliver;

import dev.weft.event.Reason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what an operator gives up, in its group {@code weft}: {@code deadLettered}, and for each reason
 * {@code reason.<code>.deadLettered}.
 */
public final class DeadLetterCounters {

    private final Counter all;
    private final Counter[] byReason = new Counter[Reason.values().length];

    public DeadLetterCounters(MetricGroup weft) {
        all = weft.counter("deadLettered");
        for (Reason reason : Reason.values()) {
            byReason[reason.ordinal()] =
                    weft.addGroup("reason").addGroup(reason.code()).counter("deadLettered");
        }
    }

    public void count(Reason reason) {
        all.inc();
        byReason[reason.ordinal()].inc();
    }
}
