package dev.weft.job.graph;

import dev.weft.cep.Pattern;
import dev.weft.delivery.Target;
import dev.weft.filter.Rule;
import dev.weft.function.FunctionType;
import dev.weft.job.ChannelConfig;
import dev.weft.job.FunctionProvider;
import dev.weft.job.Functions;
import dev.weft.job.Ingress;
import dev.weft.job.JobConfig;
import dev.weft.job.RawIngress;
import dev.weft.job.WorkflowFile;
import dev.weft.job.Workflows;
import dev.weft.route.Route;
import dev.weft.route.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mesh as boxes and arrows: channels, the routes between them, the patterns looked for in them, what comes in for
 * functions, functions, targets, and the dead letter. Arrows never form a circle.
 *
 * @param name the mesh's name
 * @param about one line of small print below it
 */
public record MeshPicture(String name, String about, List<Box> boxes, List<Arrow> arrows) {

    /** What stands before the filter of a route that changes events. */
    private static final String CHANGES = "✎ ";

    /** What stands before each step of a route. */
    private static final String THEN = " › ";

    private static final String FUNCTIONS = "functions";

    public MeshPicture {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** Returns the picture of a job config, in the order of its file. */
    public static MeshPicture of(JobConfig config) {
        List<Box> boxes = new ArrayList<>();
        config.channels().forEach(channel -> boxes.add(box(channel, config)));
        config.routes().forEach(route -> boxes.add(box(route)));
        config.patterns().forEach(pattern -> boxes.add(box(pattern)));
        config.functions().ingress().forEach(ingress -> boxes.add(box(ingress)));
        List<WorkflowFile> workflows =
                config.functions().workflows().map(Workflows::definitions).orElse(List.of());
        workflows.forEach(workflow -> boxes.add(box(workflow)));
        if (config.functions().providers().size()
                > config.functions().workflows().stream().count()) {
            boxes.add(box(config.functions()));
        }
        config.targets().forEach(target -> boxes.add(box(target)));
        List<Arrow> arrows = new ArrayList<>();
        for (Route route : config.routes()) {
            route.from().forEach(from -> arrows.add(new Arrow(channel(from), route(route), Arrow.Kind.FLOW)));
            route.writes().forEach(to -> arrows.add(new Arrow(route(route), channel(to), Arrow.Kind.FLOW)));
            route.push().forEach(to -> arrows.add(new Arrow(route(route), target(to), Arrow.Kind.FLOW)));
        }
        for (Pattern pattern : config.patterns()) {
            pattern.from().forEach(from -> arrows.add(new Arrow(channel(from), pattern(pattern), Arrow.Kind.FLOW)));
            pattern.to().forEach(to -> arrows.add(new Arrow(pattern(pattern), channel(to), Arrow.Kind.FLOW)));
        }
        for (Ingress ingress : config.functions().ingress()) {
            ingress.from().forEach(from -> arrows.add(new Arrow(channel(from), ingress(ingress), Arrow.Kind.FLOW)));
            arrows.add(new Arrow(ingress(ingress), FUNCTIONS, Arrow.Kind.FLOW));
        }
        config.functions().egress().values().stream()
                .distinct()
                .forEach(to -> arrows.add(new Arrow(FUNCTIONS, channel(to), Arrow.Kind.FLOW)));
        arrows.addAll(covered(config));
        workflows.forEach(workflow -> addArrows(workflow, arrows));
        arrows.addAll(unreadable(config));
        String counts = "%d channels, %d routes%s%s%s%s, %s"
                .formatted(
                        config.channels().size(),
                        config.routes().size(),
                        counted(config.patterns(), "patterns"),
                        counted(config.functions().ingress(), "ingresses of functions"),
                        counted(workflows, "workflows"),
                        counted(config.targets(), "targets"),
                        config.guarantee().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        String about = config.metadata()
                .description()
                .map(description -> description.strip().replaceAll("\\s+", " ") + " · " + counts)
                .orElse(counts);
        return new MeshPicture(config.name(), about, boxes, arrows);
    }

    private static String counted(List<?> things, String name) {
        return things.isEmpty() ? "" : ", %d %s".formatted(things.size(), name);
    }

    private static Box box(ChannelConfig channel, JobConfig config) {
        boolean dead = channel.name().equals(config.deadLetter());
        Box.Kind kind = dead ? Box.Kind.DEAD_LETTER : Box.Kind.CHANNEL;
        String topics = channel.topics().toString();
        return new Box(channel(channel.name()), kind, channel.name(), dead ? topics + " (dead letter)" : topics);
    }

    private static Box box(Route route) {
        boolean all = route.where().equals(Rule.everything());
        String where = all ? "every event" : route.where().toString();
        String steps =
                route.steps().steps().stream().map(step -> THEN + step.kind()).collect(Collectors.joining());
        String changed = route.transform() == null ? where : CHANGES + where;
        return new Box(route(route), Box.Kind.ROUTE, route.name(), changed + steps);
    }

    private static Box box(Pattern pattern) {
        return new Box(pattern(pattern), Box.Kind.PATTERN, pattern.id(), PatternWords.of(pattern));
    }

    private static Box box(Ingress ingress) {
        String where = ingress.where().equals(Rule.everything())
                ? "every event"
                : ingress.where().toString();
        String to = ingress.to().stream().map(FunctionType::toString).collect(Collectors.joining(", "));
        return new Box(ingress(ingress), Box.Kind.ROUTE, ingress.name(), where + THEN + to + " by " + ingress.id());
    }

    private static Box box(WorkflowFile workflow) {
        String emits = workflow.to() == null ? "" : ", emits to " + workflow.to();
        return new Box(workflow(workflow), Box.Kind.PATTERN, workflow.id().name(), "workflow " + workflow.id() + emits);
    }

    /** What a workflow emits may come back to it, or to another: such a way back is told in its box and not drawn. */
    private static void addArrows(WorkflowFile workflow, List<Arrow> arrows) {
        String self = workflow(workflow);
        workflow.from().forEach(from -> arrows.add(new Arrow(channel(from), self, Arrow.Kind.FLOW)));
        String to = workflow.to();
        if (to != null && !leads(channel(to), self, arrows)) {
            arrows.add(new Arrow(self, channel(to), Arrow.Kind.FLOW));
        }
    }

    private static boolean leads(String from, String to, List<Arrow> arrows) {
        return arrows.stream()
                .filter(arrow -> arrow.from().equals(from) && arrow.kind() != Arrow.Kind.UNREADABLE)
                .anyMatch(arrow -> arrow.to().equals(to) || leads(arrow.to(), to, arrows));
    }

    /** All functions are one box: which of them speak to which, only they know. */
    private static Box box(Functions functions) {
        String providers = functions.providers().stream()
                .filter(provider -> !(provider instanceof FunctionProvider.Durable))
                .map(MeshPicture::words)
                .collect(Collectors.joining(", "));
        String raw = functions.raw().stream().map(RawIngress::topic).collect(Collectors.joining(", "));
        return new Box(
                FUNCTIONS, Box.Kind.TARGET, "functions", raw.isEmpty() ? providers : providers + "; read " + raw);
    }

    private static String words(FunctionProvider provider) {
        if (provider instanceof FunctionProvider.OfClass one) {
            return one.className();
        }
        return provider instanceof FunctionProvider.Remote remote
                ? remote.endpoint().functions() + " at " + remote.endpoint().urlTemplate()
                : "services of the jars";
    }

    /** Replies are told and not drawn: they may lead back to where the event came from. */
    private static Box box(Target target) {
        String url = target.http().url().toString();
        String replies = target.replyTo() == null ? "" : ", replies to " + target.replyTo();
        return new Box(target(target.name()), Box.Kind.TARGET, target.name(), url + replies);
    }

    /** Where one channel's topic is among those another channel's pattern reads. */
    private static List<Arrow> covered(JobConfig config) {
        List<Arrow> arrows = new ArrayList<>();
        List<ChannelConfig> patterns = config.sources().stream()
                .filter(channel -> channel.topics() instanceof TopicNames.TopicPattern)
                .toList();
        for (ChannelConfig written : config.outputs()) {
            patterns.stream()
                    .filter(pattern -> pattern.topics().covers(written.topic()))
                    .forEach(pattern -> arrows.add(
                            new Arrow(channel(written.name()), channel(pattern.name()), Arrow.Kind.COVERED)));
        }
        return arrows;
    }

    /** Only channels that others write can hold what is no event; the mesh itself writes none. */
    private static List<Arrow> unreadable(JobConfig config) {
        Set<String> written = config.outputs().stream().map(ChannelConfig::name).collect(Collectors.toSet());
        return config.sources().stream()
                .map(ChannelConfig::name)
                .filter(name -> !written.contains(name))
                .map(name -> new Arrow(channel(name), channel(config.deadLetter()), Arrow.Kind.UNREADABLE))
                .toList();
    }

    private static String channel(String name) {
        return "channel-" + name;
    }

    private static String target(String name) {
        return "target-" + name;
    }

    private static String pattern(Pattern pattern) {
        return "pattern-" + pattern.id();
    }

    private static String ingress(Ingress ingress) {
        return "ingress-" + ingress.name();
    }

    private static String workflow(WorkflowFile workflow) {
        return "workflow-" + workflow.id().toString().replaceAll("[^A-Za-z0-9_-]", "-");
    }

    private static String route(Route route) {
        return "route-" + route.name();
    }

    /** Returns the picture as a Mermaid flowchart. */
    public String mermaid() {
        return Mermaid.of(this);
    }

    /** Returns the picture as a self-contained SVG document. */
    public String svg() {
        return Svg.of(this);
    }
}
