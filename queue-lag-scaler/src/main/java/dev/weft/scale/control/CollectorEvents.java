package dev.weft.scale.control;

import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import java.time.Duration;

/** What a {@link Collector} tells whoever counts and measures it. Called by several threads; must not block. */
public interface CollectorEvents {

    /** All queues of a Kafka cluster that were due were asked for at once; {@code unread} of them are not known. */
    default void queuesRead(String cluster, Duration took, int queues, int unread) {}

    /** A job was asked for. */
    default void jobRead(JobRef job, Duration took, boolean known) {}

    /** A ScaledObject has taken a step. */
    default void stepTaken(ScaledObjectKey scaledObject, Step step) {}

    /** A step of a ScaledObject ended in an exception: a mistake in the scaler. */
    default void stepFailed(ScaledObjectKey scaledObject) {}

    /** An order was carried out, or could not be. */
    default void orderEnded(ScaledObjectKey scaledObject, Order order, boolean done) {}
}
