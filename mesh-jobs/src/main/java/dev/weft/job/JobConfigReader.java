package dev.weft.job;

import dev.weft.cep.Pattern;
import dev.weft.config.Checked;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.PayloadReaders;
import dev.weft.function.FunctionType;
import dev.weft.http.AddressPolicy;
import dev.weft.http.NetworkReader;
import dev.weft.route.Route;
import dev.weft.route.chain.ChainParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads a job config: the whole {@link JobConfig}, or every mistake in the file at once. The grammar is published as
 * {@code job-configs/schema/mesh-job.v1.json}; beyond it, names must lead somewhere and no event may circle.
 */
public final class JobConfigReader {

    static final String API_VERSION = "weft.dev/v1";
    static final String KIND = "MeshJob";

    private static final Guarantee GUARANTEE = Guarantee.EXACTLY_ONCE;
    private static final int MOST_PARALLEL = 1 << 15;
    private static final int MAX_EVENT_BYTES = 1_000_000;

    private static final int MAX_HOPS = 16;
    private static final int MOST_HOPS = 10_000;

    private static final long PATTERN_MEMORY = 64_000_000;
    private static final long LEAST_PATTERN_MEMORY = 1_000_000;
    private static final long MOST_PATTERN_MEMORY = 64_000_000_000L;

    private static final long FUNCTION_MEMORY = 64_000_000;
    private static final long LEAST_FUNCTION_MEMORY = 1_000_000;
    private static final long MOST_FUNCTION_MEMORY = 64_000_000_000L;
    private static final long FUNCTION_BACKLOG = 4_000_000_000L;
    private static final long LEAST_FUNCTION_BACKLOG = 1_000_000;
    private static final long MOST_FUNCTION_BACKLOG = 1_000_000_000_000L;

    /** Half of what a producer of the job may send: in structured mode an event can grow by a third and more. */
    private static final int LARGEST_EVENT_BYTES = 32_000_000;

    /** Where the file says nothing of steps that remember. */
    private static final int UNLIMITED = -1;

    private static final Limits USUAL_LIMITS =
            new Limits(MAX_EVENT_BYTES, UNLIMITED, MAX_HOPS, PATTERN_MEMORY, FUNCTION_MEMORY, FUNCTION_BACKLOG);

    private final Problems problems;
    private final Map<String, String> environment;
    private final FunctionTypes jars;

    private JobConfigReader(Map<String, String> environment, FunctionTypes jars, Problems problems) {
        this.environment = environment;
        this.jars = jars;
        this.problems = problems;
    }

    /**
     * Reads one file.
     *
     * @param file the name that problems give, as the person typed it
     * @param text YAML or JSON
     * @param environment where {@code ${NAME}} is looked up, and the files that the config names are, by their
     *     {@linkplain NamedFiles#variable variables}; secrets are not: they stay references
     */
    public static Checked<JobConfig> read(String file, String text, Map<String, String> environment) {
        return read(file, text, environment, FunctionTypes.UNKNOWN);
    }

    /**
     * As {@link #read(String, String, Map)}.
     *
     * @param jars which functions the users' jars hold; a config is checked against them
     */
    public static Checked<JobConfig> read(
            String file, String text, Map<String, String> environment, FunctionTypes jars) {
        Problems problems = new Problems();
        Optional<JobConfig> config = YamlReader.read(file, text, Substitution.from(environment), problems)
                .flatMap(new JobConfigReader(environment, jars, problems)::document);
        return Checked.of(problems, config::orElseThrow);
    }

    private Optional<JobConfig> document(Node root) {
        Fields document = Fields.of(root, problems);
        boolean ours = document.required("apiVersion").is(API_VERSION)
                & document.required("kind").is(KIND);
        if (!ours && document.has("apiVersion") && document.has("kind")) {
            return Optional.empty(); // another kind of file: what else it holds is not ours to judge
        }
        Optional<Metadata> metadata = document.required("metadata").fields().flatMap(this::metadata);
        Optional<Fields> spec = document.required("spec").fields();
        document.close();
        return spec.flatMap(fields -> job(metadata, fields));
    }

    private Optional<Metadata> metadata(Fields fields) {
        Optional<String> name = fields.required("name").parsed(Names.LABEL, Names::label);
        Optional<String> description = fields.optional("description").text();
        Map<String, String> labels = fields.optional("labels")
                .fields()
                .map(members -> TextMembers.read(members, problems))
                .orElse(Map.of());
        fields.close();
        return name.map(label -> new Metadata(label, description, labels));
    }

    private Optional<JobConfig> job(Optional<Metadata> metadata, Fields spec) {
        Optional<KafkaSettings> kafka = spec.required("kafka")
                .fields()
                .flatMap(fields -> new KafkaSection(problems).read(fields, metadata.map(Metadata::name)));
        Optional<Guarantee> guarantee = spec.optional("guarantee").oneOf(Guarantee.class);
        Optional<CheckpointSettings> checkpoint = spec.optional("checkpoint")
                .fields()
                .map(fields -> new CheckpointSection(problems).read(fields, guarantee.orElse(GUARANTEE), kafka));
        Optional<Integer> parallelism = spec.optional("parallelism").integer(1, MOST_PARALLEL);
        Optional<Limits> limits = spec.optional("limits").fields().map(this::limits);
        Channels channels = spec.required("channels")
                .fields()
                .map(fields -> Channels.read(fields, problems))
                .orElseGet(Channels::unreadable);
        Optional<String> deadLetter =
                spec.required("deadLetter").node("the name of a channel").flatMap(at -> channels.target(at, problems));
        Optional<Node> control = spec.optional("control").node("the name of a channel");
        Optional<Node> redrive = spec.optional("redrive").node("the name of a channel");
        PayloadReaders payloads = spec.optional("payloads")
                .items("one content type")
                .map(new PayloadsSection(environment, problems)::read)
                .orElse(PayloadReaders.jsonOnly());
        AddressPolicy network = spec.optional("network")
                .fields()
                .map(fields -> NetworkReader.read(fields, problems))
                .orElse(AddressPolicy.guarded(List.of()));
        TargetsSection targets = new TargetsSection(channels, problems);
        Optional<Fields> targeted = spec.optional("targets").fields();
        targeted.ifPresent(targets::read);
        if (Stream.of("routes", "patterns", "functions", "ingress", "workflows").noneMatch(spec::has)) {
            spec.required("routes")
                    .node("a list, with at least one route, or patterns, or functions and ingress, or workflows");
        }
        List<Node> routing = spec.optional("routes").items("one route").orElse(List.of());
        RoutesSection routesSection = new RoutesSection(channels, targets.names(), deadLetter, problems);
        List<Route> routes = routesSection.read(routing);
        List<Node> matching = spec.optional("patterns").items("one pattern").orElse(List.of());
        PatternsSection patternsSection = new PatternsSection(channels, targets.names(), deadLetter, problems);
        List<Pattern> patterns = patternsSection.read(matching, routes);
        List<Node> providing =
                functions(spec, "functions", "ingress").items("one provider").orElse(List.of());
        boolean isWithModules =
                providing.stream().anyMatch(item -> item instanceof Mapping provider && provider.get("module") != null);
        List<Node> entering = (isWithModules ? spec.optional("ingress") : functions(spec, "ingress", "functions"))
                .items("one ingress")
                .orElse(List.of());
        EgressSection egressSection = new EgressSection(channels, deadLetter, problems);
        Map<FunctionType, String> egress =
                spec.optional("egress").fields().map(egressSection::read).orElse(Map.of());
        FunctionsSection functionsSection =
                new FunctionsSection(jars, new ModuleFiles(environment, kafka, channels, problems), problems);
        List<FunctionProvider> providers = functionsSection.read(providing);
        WorkflowsSection workflowsSection =
                new WorkflowsSection(channels, deadLetter, new WorkflowFiles(environment, problems), problems);
        List<FunctionProvider> durable = spec.optional("workflows").fields().flatMap(workflowsSection::read).stream()
                .<FunctionProvider>map(FunctionProvider.Durable::new)
                .toList();
        IngressSection ingressSection = new IngressSection(channels, functionsSection, deadLetter, problems);
        List<Ingress> ingress = ingressSection.read(entering, egressSection.written());
        refuseLooseGuarantee(spec, guarantee);
        Functions functions = new Functions(
                joined(providers, durable), ingress, functionsSection.raw(), egress, functionsSection.rawEgress());
        List<Circles.Leg> legs = joined(joined(routesSection.legs(), patternsSection.legs()), ingressSection.legs());
        new Circles(channels, legs, problems).refuse();
        List<Node> every = joined(joined(routing, matching), joined(entering, workflowsSection.items()));
        List<Scalar> said = joined(egressSection.written(), workflowsSection.written());
        List<Node> replying = targeted.map(Fields::members).orElse(List.of()).stream()
                .map(Map.Entry::getValue)
                .toList();
        Optional<String> controlled =
                control.flatMap(at -> new OwnChannel("control", "the job's rules", channels, problems)
                        .read(at, Map.of("dead letter", deadLetter), every, replying, said));
        Map<String, Optional<String>> taken = new LinkedHashMap<>();
        taken.put("dead letter", deadLetter);
        taken.put("control", controlled);
        Optional<String> redriven =
                redrive.flatMap(at -> new OwnChannel("redrive", "dead letters that are sent again", channels, problems)
                        .read(at, taken, every, replying, said));
        limits.ifPresent(kept -> refuseBeyond(kept, routes, spec));
        spec.close();
        return !problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobConfig(
                        metadata.orElseThrow(),
                        kafka.orElseThrow(),
                        guarantee.orElse(GUARANTEE),
                        checkpoint.orElse(CheckpointSection.DEFAULT),
                        parallelism.map(OptionalInt::of).orElse(OptionalInt.empty()),
                        limits.orElse(USUAL_LIMITS),
                        channels.inOrder(),
                        deadLetter.orElseThrow(),
                        controlled,
                        redriven,
                        payloads,
                        network,
                        targets.inOrder(),
                        routes,
                        patterns,
                        functions));
    }

    /** What is sent between functions, of which instances of workflows are some, would be taken twice. */
    private void refuseLooseGuarantee(Fields spec, Optional<Guarantee> guarantee) {
        for (String section : List.of("functions", "workflows")) {
            if (spec.has(section) && guarantee.equals(Optional.of(Guarantee.AT_LEAST_ONCE))) {
                problems.add(
                        spec.keyAt(section),
                        spec.path(section),
                        section + " in a job whose guarantee is at-least-once",
                        "guarantee: exactly-once: messages between functions would be taken twice");
            }
        }
    }

    /** One of the two is nothing without the other: no message would reach a function, or no function a message. */
    private static Field functions(Fields spec, String key, String other) {
        return spec.has(other) ? spec.required(key) : spec.optional(key);
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private void refuseBeyond(Limits limits, List<Route> routes, Fields spec) {
        for (Route route : routes) {
            int remembering = route.steps().remembering();
            if (limits.remembering() != UNLIMITED && remembering > limits.remembering()) {
                problems.add(
                        spec.keyAt("limits"),
                        spec.path("limits") + ".remembering",
                        "the number " + limits.remembering(),
                        "at least " + remembering + ": so many steps of route " + route.name() + " remember");
                return;
            }
        }
    }

    private Limits limits(Fields fields) {
        long bytes = fields.optional("maxEventBytes")
                .size(1_000, LARGEST_EVENT_BYTES)
                .orElse((long) MAX_EVENT_BYTES);
        int remembering = fields.optional("remembering")
                .integer(0, ChainParser.MOST_REMEMBERING)
                .orElse(UNLIMITED);
        int hops = fields.optional("maxHops").integer(1, MOST_HOPS).orElse(MAX_HOPS);
        long memory = fields.optional("patternMemory")
                .size(LEAST_PATTERN_MEMORY, MOST_PATTERN_MEMORY)
                .orElse(PATTERN_MEMORY);
        long functionMemory = fields.optional("functionMemory")
                .size(LEAST_FUNCTION_MEMORY, MOST_FUNCTION_MEMORY)
                .orElse(FUNCTION_MEMORY);
        long backlog = fields.optional("functionBacklog")
                .size(LEAST_FUNCTION_BACKLOG, MOST_FUNCTION_BACKLOG)
                .orElse(FUNCTION_BACKLOG);
        fields.close();
        return new Limits((int) bytes, remembering, hops, memory, functionMemory, backlog);
    }
}
