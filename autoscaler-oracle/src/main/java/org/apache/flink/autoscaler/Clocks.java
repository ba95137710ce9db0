package org.apache.flink.autoscaler;

import java.lang.reflect.Field;
import java.time.Clock;

/** Gives an autoscaler another clock. It lies in the autoscaler's package because its clocks are not for others. */
public final class Clocks {

    private Clocks() {}

    /** Makes all of its parts read {@code clock}. */
    public static <C extends JobAutoScalerContext<String>> void set(
            JobAutoScalerImpl<String, C> autoscaler,
            ScalingMetricCollector<String, C> metrics,
            ScalingExecutor<String, C> executor,
            Clock clock)
            throws ReflectiveOperationException {
        autoscaler.setClock(clock);
        metrics.setClock(clock);
        Field vertices = ScalingExecutor.class.getDeclaredField("jobVertexScaler");
        vertices.setAccessible(true);
        ((JobVertexScaler<?, ?>) vertices.get(executor)).setClock(clock);
    }
}
