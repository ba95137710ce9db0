package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.Pattern;
import dev.weft.delivery.Target;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.job.cluster.PatternTotals;
import dev.weft.job.cluster.TargetCounts;
import dev.weft.route.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a mesh counted, as tables and as JSON. */
final class CountsText {

    private CountsText() {}

    /** Returns the sums in one line. */
    static String sums(MeshCounts counts) {
        String duplicates = counts.duplicates() == 0 ? "" : ", duplicates " + Counted.grouped(counts.duplicates());
        return "received %s, delivered %s, unmatched %s, dead letter %s%s"
                .formatted(
                        Counted.grouped(counts.received()),
                        Counted.grouped(counts.delivered()),
                        Counted.grouped(counts.unmatched()),
                        Counted.grouped(counts.deadLettered()),
                        duplicates);
    }

    /** Returns the sums, and a table each of routes and channels, as far as they counted. */
    static List<String> summary(MeshCounts counts) {
        return summary(
                counts,
                counts.matchedByRoute().keySet(),
                counts.deliveredByChannel().keySet(),
                counts.targets().keySet(),
                counts.patterns().keySet());
    }

    /** Returns the sums, and a table each of the config's routes and of the channels they deliver to. */
    static List<String> summary(MeshCounts counts, JobConfig config) {
        return summary(
                counts,
                config.routes().stream().map(Route::name).toList(),
                config.outputs().stream().map(ChannelConfig::name).toList(),
                config.targets().stream().map(Target::name).toList(),
                config.patterns().stream().map(Pattern::id).toList());
    }

    private static List<String> summary(
            MeshCounts counts,
            Collection<String> routes,
            Collection<String> channels,
            Collection<String> targets,
            Collection<String> patterns) {
        Table matched = Table.ofNumbers("route", "matched");
        routes.forEach(route -> matched.row(route, Counted.grouped(counts.matched(route))));
        Table delivered = Table.ofNumbers("channel", "delivered");
        channels.forEach(channel -> delivered.row(channel, Counted.grouped(counts.delivered(channel))));
        List<String> lines = new ArrayList<>();
        lines.add(sums(counts));
        if (!routes.isEmpty() || (patterns.isEmpty() && counts.functions().isEmpty())) {
            lines.add("");
            lines.addAll(matched.lines());
        }
        if (!patterns.isEmpty()) {
            lines.add("");
            lines.addAll(patterns(counts, patterns));
        }
        if (!counts.functions().isEmpty()) {
            lines.add("");
            lines.addAll(functions(counts));
        }
        if (!counts.workflows().isEmpty()) {
            lines.add("");
            lines.addAll(workflows(counts));
        }
        lines.add("");
        lines.addAll(delivered.lines());
        if (!targets.isEmpty()) {
            lines.add("");
            lines.addAll(targets(counts, targets));
        }
        return lines;
    }

    private static List<String> patterns(MeshCounts counts, Collection<String> ids) {
        Table table = Table.ofNumbers("pattern", "seen", "matched", "timed out", "emitted");
        for (String id : ids) {
            PatternTotals pattern = counts.pattern(id);
            table.row(
                    id,
                    Counted.grouped(pattern.seen()),
                    Counted.grouped(pattern.matched()),
                    Counted.grouped(pattern.timedOut()),
                    Counted.grouped(pattern.emitted()));
        }
        return table.lines();
    }

    private static List<String> functions(MeshCounts counts) {
        Table table = Table.ofNumbers("function", "invocations", "failures", "in flight", "backlog");
        counts.functions()
                .forEach((type, function) -> table.row(
                        type,
                        Counted.grouped(function.invocations()),
                        Counted.grouped(function.failures()),
                        Counted.grouped(function.inFlight()),
                        Counted.grouped(function.backlog())));
        return table.lines();
    }

    private static List<String> workflows(MeshCounts counts) {
        Table table = Table.ofNumbers("workflow", "active", "started", "completed", "faulted", "cancelled", "calls");
        counts.workflows()
                .forEach((definition, totals) -> table.row(
                        definition,
                        Counted.grouped(totals.active()),
                        Counted.grouped(totals.started()),
                        Counted.grouped(totals.completed()),
                        Counted.grouped(totals.faulted()),
                        Counted.grouped(totals.cancelled()),
                        Counted.grouped(totals.calls())));
        return table.lines();
    }

    private static List<String> targets(MeshCounts counts, Collection<String> names) {
        Table table = Table.ofNumbers("target", "delivered", "dead", "parked", "parked bytes", "in flight", "");
        for (String name : names) {
            TargetCounts target = counts.target(name);
            table.row(
                    name,
                    Counted.grouped(target.delivered()),
                    Counted.grouped(target.deadLettered()),
                    Counted.grouped(target.parked()),
                    Counted.grouped(target.parkedBytes()),
                    Counted.grouped(target.inFlight()),
                    mood(target));
        }
        return table.lines();
    }

    private static String mood(TargetCounts target) {
        return target.isPaused() ? "paused" : target.isOpen() ? "taken for dead" : "";
    }

    /** Returns which rules decide, in words; empty where they cannot change. */
    static Optional<String> rules(MeshCounts counts) {
        return counts.rules()
                .map(rules -> rules.oldest() == rules.newest()
                        ? "rules: version %d decides".formatted(rules.newest())
                        : "rules: versions %d to %d decide, a change is under way"
                                .formatted(rules.oldest(), rules.newest()));
    }

    static ObjectNode json(MeshCounts counts) {
        ObjectNode json = Json.object()
                .put("received", counts.received())
                .put("delivered", counts.delivered())
                .put("unmatched", counts.unmatched())
                .put("duplicates", counts.duplicates())
                .put("deadLettered", counts.deadLettered());
        ObjectNode routes = json.putObject("routes");
        counts.matchedByRoute().forEach(routes::put);
        ObjectNode channels = json.putObject("channels");
        counts.deliveredByChannel().forEach(channels::put);
        ObjectNode targets = json.putObject("targets");
        counts.targets()
                .forEach((name, target) -> targets.putObject(name)
                        .put("delivered", target.delivered())
                        .put("deadLettered", target.deadLettered())
                        .put("parked", target.parked())
                        .put("parkedBytes", target.parkedBytes())
                        .put("inFlight", target.inFlight())
                        .put("open", target.isOpen())
                        .put("paused", target.isPaused()));
        if (!counts.patterns().isEmpty()) {
            ObjectNode patterns = json.putObject("patterns");
            counts.patterns()
                    .forEach((id, pattern) -> patterns.putObject(id)
                            .put("seen", pattern.seen())
                            .put("matched", pattern.matched())
                            .put("timedOut", pattern.timedOut())
                            .put("emitted", pattern.emitted()));
        }
        if (!counts.functions().isEmpty()) {
            ObjectNode functions = json.putObject("functions");
            counts.functions()
                    .forEach((type, function) -> functions
                            .putObject(type)
                            .put("invocations", function.invocations())
                            .put("failures", function.failures())
                            .put("inFlight", function.inFlight())
                            .put("backlog", function.backlog()));
        }
        if (!counts.workflows().isEmpty()) {
            ObjectNode workflows = json.putObject("workflows");
            counts.workflows()
                    .forEach((definition, totals) -> workflows
                            .putObject(definition)
                            .put("active", totals.active())
                            .put("started", totals.started())
                            .put("completed", totals.completed())
                            .put("faulted", totals.faulted())
                            .put("cancelled", totals.cancelled())
                            .put("calls", totals.calls()));
        }
        counts.rules()
                .ifPresent(rules ->
                        json.putObject("rules").put("oldest", rules.oldest()).put("newest", rules.newest()));
        return json;
    }
}
