package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.DedupPlan;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.rules.RulesText;
import java.util.Collections;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole data plane, in the order an event meets it. Start reading here. */
public final class MeshTopology {

    private MeshTopology() {}

    /**
     * Adds the job to {@code env}. Every operator has a fixed uid, so a savepoint outlives any change of the config.
     *
     * @param text where the config was read from; what rules start with if they can change while the job runs
     * @param environment where references to secrets are looked up
     */
    public static void assemble(
            StreamExecutionEnvironment env, JobConfig config, RulesText text, Map<String, String> environment) {
        EngineSettings.apply(env, config);

        DataStream<Received> received = env.fromSource(
                        KafkaEdges.source(config, environment), KafkaEdges.watermarks(config), Uids.SOURCE)
                .uid(Uids.SOURCE);
        DataStream<Received> fresh = Dedups.behind(received, DedupPlan.of(config));

        SingleOutputStreamOperator<Outbound> routed = config.control().isEmpty()
                ? fresh.process(new RouteOperator(config.routing())).returns(KafkaEdges.OUTBOUND)
                : fresh.transform(
                        Uids.ROUTE,
                        KafkaEdges.OUTBOUND,
                        new LiveRouteFactory(text, KafkaEdges.control(config, environment)));

        Memories.behind(routed.name(Uids.ROUTE).uid(Uids.ROUTE), config.memories())
                .sinkTo(KafkaEdges.sink(config, environment))
                .name(Uids.SINK)
                .uid(Uids.SINK);
    }

    /**
     * As above, for a job whose config has no control channel: its rules cannot change, so their text is not needed.
     */
    public static void assemble(StreamExecutionEnvironment env, JobConfig config, Map<String, String> environment) {
        if (config.control().isPresent()) {
            throw new IllegalArgumentException("rules that can change need the text they start with");
        }
        assemble(env, config, new RulesText("", "", Collections.emptySortedMap()), environment);
    }
}
