package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.event.MeshEvent;
import dev.weft.job.Dispatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.jspecify.annotations.Nullable;

/**
 * Has events wait while their route is paused, and delivers them once it goes on. That is done in portions, each a mail
 * of the task, so that checkpoints come between; what the route wants meanwhile waits behind. Of a route that is gone,
 * what waits goes the same way into the dead letter. For the task's thread.
 */
final class RouteParking implements Dispatcher.Parking {

    /** So many events are delivered in one go: the task has other things to do. */
    private static final int PORTION = 500;

    private final ParkedEvents events;
    private final MailboxExecutor mailbox;
    private final TimestampedCollector<?> out;
    private final LongSupplier clock;
    private final RouteMetrics counts;
    private @Nullable Dispatcher dispatcher;
    private Set<String> paused = Set.of();
    private boolean isArranged;

    RouteParking(
            ParkedEvents events,
            MailboxExecutor mailbox,
            TimestampedCollector<?> out,
            LongSupplier clock,
            RouteMetrics counts) {
        this.events = events;
        this.mailbox = mailbox;
        this.out = out;
        this.clock = clock;
        this.counts = counts;
    }

    /** Says who decides now, and which of its routes are paused. */
    void decide(Dispatcher deciding, Set<String> pausedRoutes) {
        dispatcher = deciding;
        paused = pausedRoutes;
        divert();
        arrange();
    }

    /** A route parks while it is paused, and until nothing waits that came before. */
    private void divert() {
        Set<String> parking = new HashSet<>(paused);
        parking.addAll(events.routes());
        parking.forEach(route -> counts.showParked(route, () -> events.count(route)));
        requireNonNull(dispatcher).park(parking, this);
    }

    private void arrange() {
        if (!isArranged && !paused.containsAll(events.routes())) {
            isArranged = true;
            mailbox.execute(this::deliver, "deliver what waited for a route");
        }
    }

    private void deliver() {
        isArranged = false;
        int left = PORTION;
        for (String route : events.routes()) {
            if (!paused.contains(route)) {
                left = deliver(route, left);
            }
        }
        divert();
        arrange();
    }

    private int deliver(String route, int most) {
        int left = most;
        long now = clock.getAsLong();
        ParkedEvent next = left == 0 ? null : events.take(route);
        while (next != null) {
            left--;
            out.setAbsoluteTimestamp(next.time());
            requireNonNull(dispatcher).deliverParked(route, next.event(), next.time(), next.written(), now);
            next = left == 0 ? null : events.take(route);
        }
        return left;
    }

    @Override
    public void park(String route, MeshEvent event, long time, List<String> written) {
        events.put(route, new ParkedEvent(event, time, written));
    }

    /** Returns how many events of a route wait here. */
    long count(String route) {
        return events.count(route);
    }

    /** Writes down what is in memory only, as part of a checkpoint. */
    void keep() {
        events.keep();
    }
}
