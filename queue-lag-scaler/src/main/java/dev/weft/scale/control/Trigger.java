package dev.weft.scale.control;

import dev.weft.scale.PolicySettings;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.StartPolicy;
import java.util.Optional;

/**
 * What the metadata of a ScaledObject's trigger asks for, checked.
 *
 * @param scaledObject namespace and name
 * @param queue what is consumed
 * @param start where the consumer begins without a position
 * @param job the Flink job that consumes; empty for a plain consumer group
 * @param policy how large it may be
 */
public record Trigger(
        ScaledObjectKey scaledObject, QueueRef queue, StartPolicy start, Optional<JobRef> job, PolicySettings policy) {

    /** The name of a ScaledObject. */
    public record ScaledObjectKey(String namespace, String name) {

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
