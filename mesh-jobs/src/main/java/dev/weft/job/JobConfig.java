package dev.weft.job;

import dev.weft.cep.Pattern;
import dev.weft.delivery.Order;
import dev.weft.delivery.Target;
import dev.weft.event.PayloadReaders;
import dev.weft.function.FunctionType;
import dev.weft.http.AddressPolicy;
import dev.weft.route.Route;
import dev.weft.route.TopicNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One mesh job, as its file describes it: complete, checked, defaults filled in. Every channel a route or the dead
 * letter names is among {@link #channels()}, and what is written to has one topic.
 *
 * @param metadata what the job is called
 * @param parallelism absent: what the cluster, or the command line, says
 * @param channels in the order of the file; names are unique, and so are topics
 * @param deadLetter the name of the channel that takes what cannot be routed
 * @param control the name of the channel through which the routes are changed while the job runs; absent: they are
 *     fixed
 * @param redrive the name of the channel on which dead letters are sent again; absent: they cannot be
 * @param payloads how payloads that are not JSON are read
 * @param network which addresses targets may be at
 * @param targets in the order of the file; names are unique, and none is a channel's
 * @param routes in the order of the file; names are unique
 * @param patterns in the order of the file; ids are unique, and each names the channels it reads and writes
 * @param functions stateful functions, and how messages come to them and records from them. There is at least one
 *     route, pattern, ingress or workflow
 */
public record JobConfig(
        Metadata metadata,
        KafkaSettings kafka,
        Guarantee guarantee,
        CheckpointSettings checkpoint,
        OptionalInt parallelism,
        Limits limits,
        List<ChannelConfig> channels,
        String deadLetter,
        Optional<String> control,
        Optional<String> redrive,
        PayloadReaders payloads,
        AddressPolicy network,
        List<Target> targets,
        List<Route> routes,
        List<Pattern> patterns,
        Functions functions) {

    public JobConfig {
        channels = List.copyOf(channels);
        targets = List.copyOf(targets);
        routes = List.copyOf(routes);
        patterns = List.copyOf(patterns);
    }

    /** Returns the job's name. */
    public String name() {
        return metadata.name();
    }

    /** Returns the channel of that name, which must be one of the file's. */
    public ChannelConfig channel(String name) {
        return channels.stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no channel is named " + name));
    }

    /** Returns the channels some route, pattern, ingress or workflow reads, in the order of the file. */
    public List<ChannelConfig> sources() {
        Set<String> read = new HashSet<>();
        routes.forEach(route -> read.addAll(route.from()));
        patterns.forEach(pattern -> read.addAll(pattern.from()));
        functions.ingress().forEach(ingress -> read.addAll(ingress.from()));
        functions.workflows().ifPresent(workflows -> read.addAll(workflows.reads()));
        return channels.stream()
                .filter(channel -> read.contains(channel.name()))
                .toList();
    }

    /**
     * Returns the channels the job reads: the sources, and that on which dead letters are sent again; and raw topics as
     * if each were a channel of its name.
     */
    public List<ChannelConfig> read() {
        List<ChannelConfig> sources = sources();
        Stream<ChannelConfig> raw = functions.raw().stream().map(ingress -> Channels.ofTopic(ingress.topic()));
        return Stream.concat(channels.stream().filter(channel -> sources.contains(channel) || isRedrive(channel)), raw)
                .toList();
    }

    /**
     * Returns the channels some route, pattern, egress or workflow writes, in the order of the file; the dead letter
     * only if one names it.
     */
    public List<ChannelConfig> outputs() {
        Set<String> written = new HashSet<>();
        routes.forEach(route -> written.addAll(route.writes()));
        patterns.forEach(pattern -> written.addAll(pattern.to()));
        written.addAll(functions.egress().values());
        functions.workflows().ifPresent(workflows -> written.addAll(workflows.writes()));
        return channels.stream()
                .filter(channel -> written.contains(channel.name()))
                .toList();
    }

    /**
     * Returns the channels the job may come to write, in the order of the file, the dead letter and the control channel
     * among them. Without a control channel and functions, the outputs; with one, every channel that has one topic.
     */
    public List<ChannelConfig> writable() {
        List<ChannelConfig> outputs = outputs();
        return channels.stream()
                .filter(channel -> channel.name().equals(deadLetter)
                        || outputs.contains(channel)
                        || isRepliedTo(channel)
                        || (control.isPresent() || !functions.isEmpty())
                                && channel.topics() instanceof TopicNames.OneTopic)
                .toList();
    }

    /** Returns how many steps of one route remember, at most. */
    public int remembering() {
        return routes.stream()
                .mapToInt(route -> route.steps().remembering())
                .max()
                .orElse(0);
    }

    /**
     * Returns how many places the job has where steps remember: an event visits one for each such step of its route.
     * What decides is then no longer chained to what writes, so there are no more than the routes need, or the limits
     * keep room for.
     */
    public int memories() {
        return Math.max(remembering(), limits.remembering());
    }

    /** Returns the part that decides where events go. */
    public RoutingPlan routing() {
        Map<String, Order> orders = new LinkedHashMap<>();
        targets.forEach(target -> orders.put(target.name(), target.terms().order()));
        return new RoutingPlan(
                name(), channels, deadLetter, payloads, routes, orders, redrive.orElse(null), limits.maxEventBytes());
    }

    /** Returns the part that makes messages for functions of what is read. */
    public IngressPlan ingress() {
        Workflows workflows = functions.workflows().orElse(null);
        return new IngressPlan(name(), channels, functions.ingress(), functions.raw(), workflows);
    }

    /**
     * Returns the part that calls functions.
     *
     * @param jars where classes of functions are looked up
     */
    public FunctionPlan functionPlan(FunctionJars jars) {
        Set<String> reserved = new HashSet<>(List.of(deadLetter));
        control.ifPresent(reserved::add);
        redrive.ifPresent(reserved::add);
        Map<FunctionType, String> egress = new HashMap<>(functions.egress());
        functions.workflows().ifPresent(workflows -> egress.putAll(workflows.egress()));
        channels.stream()
                .filter(channel -> channel.topics() instanceof TopicNames.OneTopic)
                .map(ChannelConfig::name)
                .filter(name -> !reserved.contains(name))
                .forEach(name -> egress.put(new FunctionType(FunctionNames.CHANNELS, name), name));
        return new FunctionPlan(
                name(),
                functions.providers(),
                jars,
                network,
                channels,
                deadLetter,
                reserved,
                egress,
                functions.rawEgress(),
                limits.maxEventBytes(),
                limits.functionMemoryBytes(),
                limits.functionBacklogBytes());
    }

    private boolean isRedrive(ChannelConfig channel) {
        return redrive.filter(channel.name()::equals).isPresent();
    }

    private boolean isRepliedTo(ChannelConfig channel) {
        return targets.stream().anyMatch(target -> channel.name().equals(target.replyTo()));
    }

    /** Returns the same job with as many subtasks: what a person says goes before the file. */
    public JobConfig withParallelism(int subtasks) {
        OptionalInt said = OptionalInt.of(subtasks);
        return new JobConfig(
                metadata,
                kafka,
                guarantee,
                checkpoint,
                said,
                limits,
                channels,
                deadLetter,
                control,
                redrive,
                payloads,
                network,
                targets,
                routes,
                patterns,
                functions);
    }

    /** Returns the same job against another Kafka: what a laptop does with a file written for a cluster. */
    public JobConfig withKafka(KafkaSettings other) {
        return new JobConfig(
                metadata,
                other,
                guarantee,
                checkpoint,
                parallelism,
                limits,
                channels,
                deadLetter,
                control,
                redrive,
                payloads,
                network,
                targets,
                routes,
                patterns,
                functions);
    }
}
