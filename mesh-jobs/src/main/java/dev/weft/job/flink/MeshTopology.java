package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.DedupPlan;
import dev.weft.job.FunctionJars;
import dev.weft.job.FunctionPlan;
import dev.weft.job.JobConfig;
import dev.weft.job.flink.connect.KafkaEdges;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.deliver.Deliveries;
import dev.weft.job.flink.deliver.HttpTargets;
import dev.weft.job.flink.function.FunctionLoop;
import dev.weft.job.flink.function.FunctionSettings;
import dev.weft.job.flink.function.PlannedEdge;
import dev.weft.job.flink.function.PlannedFunctions;
import dev.weft.job.flink.pattern.PatternOperator;
import dev.weft.job.flink.pattern.SeenByKey;
import dev.weft.job.rules.RulesText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole data plane, in the order an event meets it. Start reading here. */
public final class MeshTopology {

    /** Into how many groups the ids of functions are put, which is also the most subtasks that functions can have. */
    private static final int KEY_GROUPS = 128;

    private MeshTopology() {}

    /**
     * Adds the job to {@code env}. Every operator has a fixed uid, so a savepoint outlives any change of the config.
     *
     * @param text where the config was read from; what rules start with if they can change while the job runs
     * @param jars where classes of functions are looked up
     * @param environment where references to secrets are looked up
     */
    public static void assemble(
            StreamExecutionEnvironment env,
            JobConfig config,
            RulesText text,
            FunctionJars jars,
            Map<String, String> environment) {
        EngineSettings.apply(env, config);

        DataStream<Received> received = env.fromSource(
                        KafkaEdges.source(config, environment), KafkaEdges.watermarks(config), Uids.SOURCE)
                .uid(Uids.SOURCE);
        DataStream<Received> fresh = Dedups.behind(received, DedupPlan.of(config));

        SingleOutputStreamOperator<Outbound> routed = config.control().isEmpty()
                ? fresh.transform(
                        Uids.ROUTE,
                        KafkaEdges.OUTBOUND,
                        new RouteOperator(config.routing(), config.patterns(), config.ingress()))
                : DataStreamUtils.reinterpretAsKeyedStream(fresh, unused -> 0, Types.INT)
                        .transform(
                                Uids.ROUTE,
                                KafkaEdges.OUTBOUND,
                                new LiveRouteFactory(text, KafkaEdges.control(config, environment)));

        List<SingleOutputStreamOperator<Outbound>> deciding =
                Memories.behind(routed.name(Uids.ROUTE).uid(Uids.ROUTE), config.memories());

        together(deciding, stream -> stream)
                .sinkTo(KafkaEdges.sink(config, environment))
                .name(Uids.SINK)
                .uid(Uids.SINK);

        if (!config.patterns().isEmpty()) {
            match(deciding.get(0), config, environment);
        }
        if (!config.functions().isEmpty()) {
            run(deciding.get(0), config, jars, environment);
        }
        if (!config.targets().isEmpty()) {
            deliver(deciding, config, environment);
        }
    }

    /** What patterns find has a sink of its own, for the same reason as what targets answer. */
    private static void match(
            SingleOutputStreamOperator<Outbound> routed, JobConfig config, Map<String, String> environment) {
        routed.getSideOutput(Sides.SEEN)
                .keyBy(SeenByKey::key, Types.STRING)
                .connect(routed.getSideOutput(Sides.ROSTERS).broadcast())
                .transform(Uids.PATTERNS, KafkaEdges.OUTBOUND, new PatternOperator(config))
                .uid(Uids.PATTERNS)
                .sinkTo(KafkaEdges.matchSink(config, environment))
                .name(Uids.MATCH_SINK)
                .uid(Uids.MATCH_SINK);
    }

    /** Functions are a loop of two operators. */
    private static void run(
            SingleOutputStreamOperator<Outbound> routed,
            JobConfig config,
            FunctionJars jars,
            Map<String, String> environment) {
        // A message waits for others to go with it, in milliseconds, on its way here as on all its ways from here on.
        routed.setBufferTimeout(FunctionLoop.FLUSH);
        FunctionPlan plan = config.functionPlan(jars);
        FunctionSettings settings = new FunctionSettings(
                new PlannedFunctions(plan, environment),
                new PlannedEdge(plan),
                plan.memoryBytes(),
                plan.backlogBytes());
        FunctionLoop.behind(
                        routed.getSideOutput(Sides.FUNCTION_MESSAGES),
                        settings,
                        Uids.FUNCTIONS,
                        Uids.FUNCTIONS_LOOP,
                        KEY_GROUPS)
                .sinkTo(KafkaEdges.functionSink(config, environment))
                .name(Uids.FUNCTION_SINK)
                .uid(Uids.FUNCTION_SINK);
    }

    /** Targets have a sink of their own, so that what routes write to channels stays chained to what decides it. */
    private static void deliver(
            List<SingleOutputStreamOperator<Outbound>> deciding, JobConfig config, Map<String, String> environment) {
        Deliveries deliveries =
                new Deliveries(config, new HttpTargets(config.targets(), config.network(), environment));
        DataStream<Outbound> inNoOrder =
                deliveries.inNoOrder(together(deciding, stream -> stream.getSideOutput(Sides.PARCELS)), Uids.DELIVER);
        DataStream<Outbound> inOrder = deliveries.inOrder(
                together(deciding, stream -> stream.getSideOutput(Sides.ORDERED_PARCELS)),
                deciding.get(0).getSideOutput(Sides.PAUSED_TARGETS),
                Uids.DELIVER_IN_ORDER);
        inNoOrder
                .union(inOrder)
                .sinkTo(KafkaEdges.deliverySink(config, environment))
                .name(Uids.DELIVERY_SINK)
                .uid(Uids.DELIVERY_SINK);
    }

    private static <T> DataStream<T> together(
            List<SingleOutputStreamOperator<Outbound>> operators,
            Function<SingleOutputStreamOperator<Outbound>, DataStream<T>> part) {
        return operators.stream().map(part).reduce(DataStream::union).orElseThrow();
    }

    /**
     * As above, for a job whose functions are on the class path and whose config has no control channel: its rules
     * cannot change, so their text is not needed.
     */
    public static void assemble(StreamExecutionEnvironment env, JobConfig config, Map<String, String> environment) {
        if (config.control().isPresent()) {
            throw new IllegalArgumentException("rules that can change need the text they start with");
        }
        assemble(env, config, new RulesText("", "", Collections.emptySortedMap()), FunctionJars.NONE, environment);
    }
}
