package dev.weft.scale.simulator;

import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Marks;
import dev.weft.scale.control.ScaledQueue;
import dev.weft.scale.control.ScaledQueue.Inputs;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The scaler that is shipped, between a simulated cluster and a simulated KEDA. What the {@code Collector} does with
 * threads is done here in the order of the simulated time; all that decides is {@link ScaledQueue}.
 */
final class Weft implements Autoscaler {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Trigger trigger;
    private final Autoscaler keda;

    private @Nullable ScaledQueue queue;
    private byte[] remembered;
    private Answer answer = new Answer.Unknown("nothing was read yet");
    private boolean pushes;
    private Instant nextQueue = Instant.MIN;
    private Instant nextJob = Instant.MIN;
    private Reading<JobSnapshot> job = new Reading.Unknown<>("not asked yet");
    private Map<TopicPartition, Probed> probed = new HashMap<>();

    /** @param keda makes the KEDA that asks what it is given */
    Weft(Trigger trigger, java.util.function.Function<KedaTrigger, Autoscaler> keda) {
        this.trigger = trigger;
        this.keda = keda.apply(new Served());
        this.queue = new ScaledQueue(trigger);
        this.remembered = queue.remembered();
    }

    @Override
    public void tick(Sight sight, Levers levers) {
        pushes = false;
        if (sight.scalerRuns()) {
            collect(running(), sight, levers);
        } else if (queue != null) {
            remembered = queue.remembered();
            queue = null;
            probed.clear();
            nextQueue = Instant.MIN;
            nextJob = Instant.MIN;
            answer = new Answer.Unknown("the scaler does not run");
        }
        keda.tick(sight, levers);
    }

    private ScaledQueue running() {
        if (queue == null) {
            queue = ScaledQueue.restored(trigger, remembered);
        }
        return queue;
    }

    private void collect(ScaledQueue running, Sight sight, Levers levers) {
        Instant now = sight.now();
        if (!now.isBefore(nextJob)) {
            job = sight.job();
        }
        if (now.isBefore(nextQueue) && now.isBefore(nextJob)) {
            return;
        }
        Step step = running.advance(new Inputs(now, sight.queue(), Optional.of(job), probed, Map.of(), Marks.UNKEPT));
        probed = new HashMap<>();
        step.orders().forEach(order -> carryOut(order, sight, levers));
        nextQueue = now.plus(atLeastAStep(step.look().queue()));
        nextJob = now.isBefore(nextJob)
                ? nextJob
                : now.plus(atLeastAStep(step.look().job()));
        pushes = isActive(step.answer()) && !isActive(answer);
        answer = step.answer();
    }

    private static Duration atLeastAStep(Duration look) {
        return look.compareTo(STEP) < 0 ? STEP : look;
    }

    private static boolean isActive(Answer answer) {
        return answer instanceof Answer.Wanted wanted && wanted.active();
    }

    private void carryOut(Order order, Sight sight, Levers levers) {
        if (order instanceof Order.Probe probe) {
            probed.put(probe.partition(), sight.probe(probe.partition(), probe.from(), probe.end()));
        } else if (order instanceof Order.SetParallelism parallelism) {
            levers.setParallelism(parallelism.upperBound());
        } else if (order instanceof Order.TriggerCheckpoint) {
            levers.triggerCheckpoint();
        } else {
            throw new IllegalStateException("no scenario has a consumer that begins at a time");
        }
    }

    /** The gRPC service as KEDA sees it. */
    private final class Served implements KedaTrigger {

        @Override
        public Reading<Said> ask(Sight sight) {
            if (answer instanceof Answer.Wanted wanted) {
                return new Reading.Known<>(new Said(wanted.metric(), wanted.active()));
            }
            return new Reading.Unknown<>(answer.toString());
        }

        @Override
        public boolean pushes(Sight sight) {
            return pushes;
        }
    }
}
