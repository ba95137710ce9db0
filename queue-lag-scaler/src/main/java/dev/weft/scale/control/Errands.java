package dev.weft.scale.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Order.LookUp;
import dev.weft.scale.control.ScaledQueue.Order.MarkPods;
import dev.weft.scale.control.ScaledQueue.Order.Probe;
import dev.weft.scale.control.ScaledQueue.Order.SetParallelism;
import dev.weft.scale.control.ScaledQueue.Order.TriggerCheckpoint;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobControl;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.QueueReader;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Carries out the orders of steps, away from whoever reads: a job that does not answer must not hold up a look. An
 * order that could not be carried out is not repeated here; the step that still needs it gives it again.
 */
final class Errands {

    /** So many partitions of a ScaledObject are probed between two looks; the others have their turn after the next. */
    private static final int PROBES = 50;

    private final QueueReader queues;
    private final JobControl jobs;
    private final PodControl pods;
    private final CollectorEvents events;
    private final Troubles troubles;
    private final LongSupplier now;
    private final Crew lookers = new Crew("looker", 8);
    private final Crew tellers = new Crew("order", 16);
    private final Crew markers = new Crew("marker", 8);

    Errands(
            QueueReader queues,
            JobControl jobs,
            PodControl pods,
            CollectorEvents events,
            Troubles troubles,
            LongSupplier now) {
        this.queues = queues;
        this.jobs = jobs;
        this.pods = pods;
        this.events = events;
        this.troubles = troubles;
        this.now = now;
    }

    /** Begins to carry out what a step ordered. */
    void begin(Tended whose, List<Order> orders) {
        List<Order> looks = new ArrayList<>();
        for (Order order : orders) {
            if (order instanceof SetParallelism || order instanceof TriggerCheckpoint) {
                tellers.execute(() -> tell(whose, order));
            } else if (order instanceof MarkPods wanted) {
                if (whose.beginsMarking()) {
                    markers.execute(() -> mark(whose, wanted));
                }
            } else {
                looks.add(order);
            }
        }
        if (!looks.isEmpty() && whose.beginsErrand()) {
            lookers.execute(() -> look(whose, looks));
        }
    }

    void stop() {
        lookers.stop();
        tellers.stop();
        markers.stop();
    }

    private void tell(Tended whose, Order order) {
        ScaledObjectKey name = whose.trigger().scaledObject();
        JobRef job = whose.trigger().job().orElseThrow();
        Reading<?> reading;
        try {
            reading = order instanceof SetParallelism size
                    ? jobs.setParallelism(job, size.upperBound())
                    : jobs.triggerCheckpoint(job);
        } catch (RuntimeException e) {
            reading = new Reading.Unknown<>(e.toString());
        }
        Optional<String> trouble = reading instanceof Reading.Unknown<?> unknown
                ? Optional.of("%s was not done: %s".formatted(order, unknown.reason()))
                : Optional.empty();
        troubles.are(name + ": orders to " + job, trouble, now.getAsLong());
        events.orderEnded(name, order, trouble.isEmpty());
    }

    private void mark(Tended whose, MarkPods wanted) {
        ScaledObjectKey name = whose.trigger().scaledObject();
        String cluster = whose.trigger().job().orElseThrow().cluster();
        Optional<String> trouble = Optional.of("marking them was not finished");
        try {
            trouble = pods.mark(cluster, wanted.used()) instanceof Reading.Unknown<Integer> unknown
                    ? Optional.of("cannot be marked: " + unknown.reason())
                    : Optional.empty();
        } catch (RuntimeException e) {
            trouble = Optional.of("cannot be marked: " + e);
        } finally {
            whose.podsMarked(trouble.isEmpty() ? Optional.of(wanted.used()) : Optional.empty(), now.getAsLong());
        }
        troubles.are(name + ": Pods of Flink cluster " + cluster, trouble, now.getAsLong());
        events.orderEnded(name, wanted, trouble.isEmpty());
    }

    private void look(Tended whose, List<Order> orders) {
        Map<TopicPartition, Probed> found = new HashMap<>();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            probe(whose, orders, found);
            lookUp(whose, orders, offsets);
        } finally {
            whose.errandEnded(found, offsets, now.getAsLong());
        }
    }

    private void probe(Tended whose, List<Order> orders, Map<TopicPartition, Probed> found) {
        String cluster = whose.trigger().queue().cluster();
        List<Probe> probes = orders.stream()
                .filter(Probe.class::isInstance)
                .map(Probe.class::cast)
                .limit(PROBES)
                .toList();
        for (Probe each : probes) {
            Probed probed;
            try {
                probed = queues.probe(cluster, each.partition(), each.from(), each.end());
            } catch (RuntimeException e) {
                probed = new Probed.Unclear(e.toString());
            }
            found.put(each.partition(), probed);
            events.orderEnded(whose.trigger().scaledObject(), each, !(probed instanceof Probed.Unclear));
            if (probed instanceof Probed.Unclear) {
                return; // a broker that does not answer would hold up each of the others for as long
            }
        }
    }

    private void lookUp(Tended whose, List<Order> orders, Map<TopicPartition, Long> offsets) {
        String cluster = whose.trigger().queue().cluster();
        Map<Instant, Set<TopicPartition>> byTime = orders.stream()
                .filter(LookUp.class::isInstance)
                .map(LookUp.class::cast)
                .collect(groupingBy(LookUp::time, mapping(LookUp::partition, toSet())));
        byTime.forEach((time, partitions) -> {
            Reading<Map<TopicPartition, Long>> reading;
            try {
                reading = queues.offsetsFor(cluster, partitions, time);
            } catch (RuntimeException e) {
                reading = new Reading.Unknown<>(e.toString());
            }
            reading.value().ifPresent(offsets::putAll);
            boolean done = reading.value().isPresent();
            partitions.forEach(each -> events.orderEnded(whose.trigger().scaledObject(), new LookUp(each, time), done));
        });
    }
}
