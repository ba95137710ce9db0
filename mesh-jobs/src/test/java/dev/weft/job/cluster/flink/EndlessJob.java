package dev.weft.job.cluster.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that runs until it is stopped and counts as a mesh job counts: {@value #EACH} of everything in each subtask.
 * With the argument {@code broken} it does not start, with {@code failing} it fails while it runs.
 */
public final class EndlessJob {

    /** What each subtask counts. */
    public static final long EACH = 21;

    private EndlessJob() {}

    /** Starts the job. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("broken")) {
            throw new IllegalArgumentException("the config is not there");
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, Long.MAX_VALUE)
                .filter(new Counting(args.length > 0 && args[0].equals("failing")))
                .name("route")
                .uid("route")
                .print();
        env.executeAsync("endless");
    }

    private static final class Counting extends RichFilterFunction<Long> {
        private static final long serialVersionUID = 1L;
        private final boolean failing;

        Counting(boolean failing) {
            this.failing = failing;
        }

        @Override
        public void open(OpenContext context) {
            if (failing) {
                throw new IllegalStateException("no such topic: shop.orders");
            }
            MetricGroup weft = getRuntimeContext().getMetricGroup().addGroup("weft");
            count(weft, "received");
            count(weft, "delivered");
            count(weft, "unmatched");
            count(weft, "deadLettered");
            count(weft.addGroup("route").addGroup("big-orders"), "matched");
            count(weft.addGroup("channel").addGroup("alerts"), "delivered");
        }

        private static void count(MetricGroup group, String name) {
            Counter counter = group.counter(name);
            counter.inc(EACH);
        }

        @Override
        public boolean filter(Long number) {
            return false;
        }
    }
}
