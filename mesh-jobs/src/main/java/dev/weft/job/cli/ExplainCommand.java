package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Explanation;
import dev.weft.filter.Outcome;
import dev.weft.filter.PlainRuleSet;
import dev.weft.job.JobConfig;
import dev.weft.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft explain}: what each route says of one event, and why. */
@Command(
        name = "explain",
        description = {
            "Show which routes want one event, and why the others do not.",
            "For each route: the field that decided and the value it had. Starts nothing."
        },
        footer = {
            "",
            "Examples:",
            "  weft explain shop.yaml --event order.json",
            "  weft tail dead --max 1 --output json | weft explain shop.yaml --event - --channel orders"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(
            names = "--event",
            required = true,
            paramLabel = "FILE",
            description = "the event in structured JSON; - is standard input")
    private String event = "";

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "the channel the event is read from (default: any; every route is asked)")
    private @Nullable String channel;

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private TextOrJson output = TextOrJson.TEXT;

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (file.equals(InputFile.STANDARD_INPUT) && event.equals(InputFile.STANDARD_INPUT)) {
            throw CommandFailure.input("weft explain: only one of the job config and the event can be -");
        }
        JobConfig config = JobFile.read(shell, file).config();
        if (channel != null) {
            MeshOptions.channel(config, channel);
        }
        MeshEvent asked = EventText.readOne(shell, event);
        List<Route> routes = config.routes().stream()
                .filter(route -> channel == null || route.from().contains(channel))
                .toList();
        PlainRuleSet rules = PlainRuleSet.of(routes.stream().map(Route::where).toList());
        List<Explained> all = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            all.add(new Explained(routes.get(i), rules.explain(i, asked)));
        }
        if (output == TextOrJson.JSON) {
            shell.say(Json.pretty(json(asked, all)));
        } else {
            text(asked, all);
        }
        return ExitCodes.OK;
    }

    private record Explained(Route route, Explanation explanation) {}

    private void text(MeshEvent asked, List<Explained> all) {
        for (Explained each : all) {
            shell.say("%s: %s"
                    .formatted(each.route().name(), each.explanation().text().strip()));
            shell.say("");
        }
        shell.say(asked + ": " + conclusion(all));
    }

    private static String conclusion(List<Explained> all) {
        List<String> channels = all.stream()
                .filter(each -> each.explanation().outcome() == Outcome.MATCHED)
                .flatMap(each -> each.route().to().stream())
                .distinct()
                .toList();
        boolean undecided = all.stream().anyMatch(each -> each.explanation().outcome() == Outcome.UNDECIDED);
        String to = channels.isEmpty() ? "no route wants it" : "goes to " + String.join(", ", channels);
        return to + (undecided ? ", and to the dead letter for the routes that cannot decide" : "");
    }

    private static ObjectNode json(MeshEvent asked, List<Explained> all) {
        ObjectNode json = Json.object()
                .put("id", asked.getId())
                .put("source", asked.attribute("source"))
                .put("type", asked.getType());
        ArrayNode routes = json.putArray("routes");
        for (Explained each : all) {
            ObjectNode route = routes.addObject().put("route", each.route().name());
            each.route().to().forEach(route.putArray("to")::add);
            route.setAll(each.explanation().json());
        }
        return json;
    }
}
