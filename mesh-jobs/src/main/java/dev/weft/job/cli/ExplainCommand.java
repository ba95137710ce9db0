package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.offline.TimedEvent;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Explanation;
import dev.weft.filter.Outcome;
import dev.weft.filter.PlainRuleSet;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.RuleVersion;
import dev.weft.route.Route;
import dev.weft.route.chain.Chain;
import dev.weft.route.chain.ChainExplanation;
import dev.weft.route.transform.Transform;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft explain}: what each route says of one event, or a pattern of the events of a key, and why. */
@Command(
        name = "explain",
        description = {
            "Show which routes want one event, and why the others do not.",
            "For each route: the field that decided and the value it had.",
            "With --pattern and --key: what a pattern made of each event of that key, and why no more.",
            "Starts nothing."
        },
        footer = {
            "",
            "Examples:",
            "  weft explain shop.yaml --event order.json",
            "  weft explain shop.yaml --event order.json --running",
            "  weft tail dead --max 1 --output json | weft explain shop.yaml --event - --channel orders",
            "  weft explain shop.yaml --pattern unpaid-order --key o-17 --event events.jsonl"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config; with --pattern also a list under patterns:")
    private String file = "";

    @Option(
            names = "--event",
            required = true,
            paramLabel = "FILE",
            description = {
                "the event in structured JSON; - is standard input.",
                "With --pattern: all events, in any order; may be repeated"
            })
    private List<String> events = new ArrayList<>();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "the channel the event is read from (default: any; every route is asked)")
    private @Nullable String channel;

    @Option(names = "--running", description = "ask the routes by which the running job decides, and say their version")
    private boolean running;

    @Option(names = "--pattern", paramLabel = "ID", description = "the pattern that is asked, instead of the routes")
    private @Nullable String pattern;

    @Option(names = "--key", paramLabel = "KEY", description = "with --pattern: the values of partitionBy, joined by /")
    private @Nullable String key;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "with --pattern: when time ends (default: with the last event)")
    private @Nullable String until;

    @Mixin
    private ControlOptions control = new ControlOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (Stream.concat(Stream.of(file), events.stream())
                        .filter(InputFile.STANDARD_INPUT::equals)
                        .count()
                > 1) {
            throw CommandFailure.input("weft explain: only one of the job config and the event can be -");
        }
        return pattern == null ? routes() : pattern(pattern);
    }

    private int pattern(String id) throws CommandFailure {
        if (key == null || channel != null || running) {
            throw CommandFailure.input(
                    "weft explain: --pattern needs --key, and goes with neither --channel nor --running");
        }
        PatternsFile read = PatternsFile.read(shell, file);
        Pattern asked = read.pattern(id);
        List<TimedEvent> happening = EventsInTime.read(shell, events, read.payloads());
        Long end = until == null ? null : (Long) EventsInTime.moment("weft explain: --until", until);
        KeyStory story = KeyStory.of(asked, key, happening, end);
        if (output.isJson()) {
            shell.say(Json.pretty(story.json()));
        } else {
            story.lines().forEach(shell::say);
        }
        return ExitCodes.OK;
    }

    private int routes() throws CommandFailure {
        if (key != null || until != null) {
            throw CommandFailure.input("weft explain: --key and --until belong to --pattern");
        }
        if (events.size() > 1) {
            throw CommandFailure.input("weft explain: routes are asked of one --event at a time");
        }
        JobFile read = JobFile.read(shell, file);
        RuleVersion version = running ? version(read) : null;
        JobConfig config =
                version == null ? read.config() : version.rules().read().orElseThrow();
        if (channel != null) {
            MeshOptions.channel(config, channel);
        }
        MeshEvent asked = EventText.readOne(shell, events.get(0)).readBy(config.payloads());
        List<Route> routes = config.routes().stream()
                .filter(route -> channel == null || route.from().contains(channel))
                .toList();
        PlainRuleSet rules = PlainRuleSet.of(routes.stream().map(Route::where).toList());
        List<Explained> all = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            Explanation explanation = rules.explain(i, asked);
            Transform transform = routes.get(i).transform();
            Transformed transformed = transform == null || explanation.outcome() != Outcome.MATCHED
                    ? null
                    : new Transformer(transform, config.limits().maxEventBytes()).apply(asked);
            Chain steps = routes.get(i).steps();
            ChainExplanation chain = steps.steps().isEmpty() || explanation.outcome() != Outcome.MATCHED
                    ? null
                    : ChainExplanation.of(steps, config.limits().maxEventBytes(), asked);
            all.add(new Explained(routes.get(i), explanation, transformed, chain));
        }
        List<IngressStory> functions = IngressStory.of(config, channel, asked);
        List<String> workflows = WorkflowStory.of(config, channel, asked);
        if (output.isJson()) {
            ObjectNode json = json(asked, all);
            if (!functions.isEmpty()) {
                ArrayNode stories = json.putArray("functions");
                functions.forEach(story -> story.addTo(stories));
            }
            if (!workflows.isEmpty()) {
                workflows.forEach(json.putArray("workflows")::add);
            }
            if (version != null) {
                json.put("version", version.number());
            }
            shell.say(Json.pretty(json));
        } else {
            if (version != null) {
                shell.say("by version %d of the rules of %s%n".formatted(version.number(), config.name()));
            }
            for (IngressStory story : functions) {
                story.lines().forEach(shell::say);
                shell.say("");
            }
            workflows.forEach(each -> shell.say("workflows: " + each));
            text(asked, all);
        }
        return ExitCodes.OK;
    }

    private RuleVersion version(JobFile read) throws CommandFailure {
        try (ControlChannel open = control.open(shell, read)) {
            return LiveRules.inForce(LiveRules.awaitStarted(shell, open, read.config(), control.patience()));
        }
    }

    /**
     * What one route says of the event.
     *
     * @param transformed what the route makes of it; null if it does not want the event, or delivers it as it is
     * @param chain what its steps say; null if it does not want the event, or has none
     */
    private record Explained(
            Route route,
            Explanation explanation,
            @Nullable Transformed transformed,
            @Nullable ChainExplanation chain) {

        /** The channels and targets the event goes to, the channels of taps among them. */
        List<String> destinations() {
            if (explanation.outcome() != Outcome.MATCHED || transformed instanceof Transformed.Failed) {
                return List.of();
            }
            if (chain == null) {
                return route.destinations();
            }
            return Stream.concat(
                            chain.tapped().stream(),
                            chain.arrived() == null ? Stream.of() : route.destinations().stream())
                    .toList();
        }
    }

    private void text(MeshEvent asked, List<Explained> all) {
        for (Explained each : all) {
            shell.say("%s: %s"
                    .formatted(each.route().name(), each.explanation().text().strip()));
            if (each.transformed() != null) {
                shell.say(transformed(each.transformed()));
            }
            if (each.chain() != null) {
                shell.say(steps(each.chain(), asked));
            }
            shell.say("");
        }
        shell.say(asked + ": " + conclusion(all));
    }

    private static String steps(ChainExplanation chain, MeshEvent asked) {
        String steps = chain.text().indent(2).stripTrailing();
        MeshEvent arrived = chain.arrived();
        return arrived == null || arrived.equals(asked) ? steps : steps + "\n" + delivered(arrived);
    }

    private static String delivered(MeshEvent event) {
        return "  delivered as\n"
                + Json.pretty(EventText.structured(event)).indent(4).stripTrailing();
    }

    private static String transformed(Transformed transformed) {
        if (transformed instanceof Transformed.Done done) {
            return delivered(done.event());
        }
        return "  its transform fails: " + ((Transformed.Failed) transformed).detail();
    }

    private static String conclusion(List<Explained> all) {
        List<String> destinations = all.stream()
                .flatMap(each -> each.destinations().stream())
                .distinct()
                .toList();
        boolean undecided = all.stream().anyMatch(each -> each.explanation().outcome() == Outcome.UNDECIDED);
        boolean failed = all.stream().anyMatch(each -> each.transformed() instanceof Transformed.Failed);
        boolean stepFailed = all.stream()
                .anyMatch(each -> each.chain() != null && each.chain().failed());
        boolean ends = all.stream().anyMatch(each -> each.chain() != null);
        boolean remembers = all.stream()
                .anyMatch(each -> each.chain() != null && each.chain().remembers());
        String to = !destinations.isEmpty()
                ? "goes to " + String.join(", ", destinations)
                : failed || ends ? "no route delivers it" : "no route wants it";
        return to
                + (remembers ? ", as far as the steps that remember let it" : "")
                + (failed ? ", and to the dead letter for the transforms that fail" : "")
                + (stepFailed ? ", and to the dead letter for the steps that fail" : "")
                + (undecided ? ", and to the dead letter for the routes that cannot decide" : "");
    }

    private static ObjectNode json(MeshEvent asked, List<Explained> all) {
        ObjectNode json = Json.object()
                .put("id", asked.getId())
                .put("source", asked.attribute("source"))
                .put("type", asked.getType());
        ArrayNode routes = json.putArray("routes");
        for (Explained each : all) {
            ObjectNode route = routes.addObject().put("route", each.route().name());
            each.route().destinations().forEach(route.putArray("to")::add);
            route.setAll(each.explanation().json());
            if (each.transformed() instanceof Transformed.Done done) {
                route.set("deliveredAs", EventText.structured(done.event()));
            } else if (each.transformed() instanceof Transformed.Failed failed) {
                route.put("transformFailed", failed.detail());
            }
            if (each.chain() != null) {
                route.set("steps", each.chain().json());
                each.chain().tapped().forEach(route.putArray("tapped")::add);
                MeshEvent arrived = each.chain().arrived();
                if (arrived != null && !arrived.equals(asked)) {
                    route.set("deliveredAs", EventText.structured(arrived));
                }
            }
        }
        return json;
    }
}
