package dev.weft.job.flink.function;

import dev.weft.event.EventFormat;
import dev.weft.event.PayloadReaders;
import dev.weft.function.FunctionType;
import dev.weft.http.AddressPolicy;
import dev.weft.job.ChannelConfig;
import dev.weft.job.EventTime;
import dev.weft.job.FunctionJars;
import dev.weft.job.FunctionPlan;
import dev.weft.job.FunctionProvider;
import dev.weft.job.IngressPlan;
import dev.weft.job.RoutingPlan;
import dev.weft.job.WorkflowCalls;
import dev.weft.job.WorkflowFile;
import dev.weft.job.Workflows;
import dev.weft.route.TopicNames;
import dev.weft.workflow.Definition;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.host.HostSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a job config says whose workflows are those of a scenario, and see the events of all topics but its own. */
record StagedPlans(Workflows workflows) {

    static final String COMMANDS = "weft.commands";
    static final String EMITTED = "weft.emitted";
    static final String INSTANCES = "weft.instances";
    static final String LIFECYCLE = "weft.lifecycle";
    static final String DEAD = "weft.dead";

    private static final String JOB = "scenario";
    private static final String EVENTS = "events";
    private static final Pattern ALL_OTHERS = Pattern.compile("(?!weft\\.).*");
    private static final EventTime BY_KAFKA = new EventTime(EventTime.Clock.KAFKA, Duration.ZERO, Duration.ZERO);

    /** For as long as a story may take. */
    private static final Duration RETAIN = Duration.ofDays(3650);

    /** Returns those of a job with these definitions. */
    static StagedPlans of(Collection<Definition> definitions, LifecycleLevel lifecycle, WorkflowFile.Mode mode) {
        return new StagedPlans(new Workflows(
                definitions.stream().map(each -> file(each, lifecycle, mode)).toList(),
                COMMANDS,
                INSTANCES,
                LIFECYCLE,
                RETAIN,
                HostSettings.USUAL.earlyEvents(),
                HostSettings.USUAL.shards(),
                WorkflowCalls.USUAL,
                Map.of()));
    }

    private static WorkflowFile file(Definition definition, LifecycleLevel lifecycle, WorkflowFile.Mode mode) {
        Map<String, String> resources = new TreeMap<>();
        definition.resources().forEach((endpoint, resource) -> resources.put(endpoint, resource.toString()));
        return new WorkflowFile(
                definition.id().toString(),
                definition.id(),
                definition.digest(),
                definition.document().toString(),
                resources,
                List.of(EVENTS),
                EMITTED,
                lifecycle,
                mode);
    }

    RoutingPlan routing() {
        return new RoutingPlan(
                JOB, channels(), DEAD, PayloadReaders.jsonOnly(), List.of(), Map.of(), null, Integer.MAX_VALUE);
    }

    IngressPlan ingress() {
        return new IngressPlan(JOB, channels(), List.of(), List.of(), workflows);
    }

    FunctionPlan functions() {
        Map<FunctionType, String> egress = new HashMap<>(workflows.egress());
        egress.put(new FunctionType("weft.channels", EMITTED), EMITTED);
        return new FunctionPlan(
                JOB,
                List.of(new FunctionProvider.Durable(workflows)),
                FunctionJars.NONE,
                AddressPolicy.open(),
                channels(),
                DEAD,
                Set.of(DEAD),
                egress,
                Set.of(),
                Integer.MAX_VALUE,
                0,
                0);
    }

    /** Those that are written have the names of their topics. */
    private static List<ChannelConfig> channels() {
        return List.of(
                channel(EVENTS, new TopicNames.TopicPattern(ALL_OTHERS)),
                written(COMMANDS),
                written(EMITTED),
                written(INSTANCES),
                written(LIFECYCLE),
                written(DEAD));
    }

    private static ChannelConfig written(String name) {
        return channel(name, new TopicNames.OneTopic(name));
    }

    private static ChannelConfig channel(String name, TopicNames topics) {
        return new ChannelConfig(name, topics, EventFormat.STRUCTURED, BY_KAFKA, null);
    }
}
