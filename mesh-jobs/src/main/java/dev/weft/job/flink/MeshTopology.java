package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole data plane, in the order an event meets it. Start reading here. */
public final class MeshTopology {

    private MeshTopology() {}

    /**
     * Adds the job to {@code env}. Every operator has a fixed uid, so a savepoint outlives any change of the config.
     *
     * @param environment where references to secrets are looked up
     */
    public static void assemble(StreamExecutionEnvironment env, JobConfig config, Map<String, String> environment) {
        EngineSettings.apply(env, config);

        DataStream<Received> received = env.fromSource(
                        KafkaEdges.source(config, environment), KafkaEdges.watermarks(config), Uids.SOURCE)
                .uid(Uids.SOURCE);

        DataStream<Outbound> routed = received.process(new RouteOperator(config.routing()))
                .returns(KafkaEdges.OUTBOUND)
                .name(Uids.ROUTE)
                .uid(Uids.ROUTE);

        routed.sinkTo(KafkaEdges.sink(config, environment)).name(Uids.SINK).uid(Uids.SINK);
    }
}
