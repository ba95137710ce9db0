package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import dev.weft.job.rules.WhatIf;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Option;

/** {@code --what-if}: draft rules over events that were. */
final class WhatIfOptions {

    @Option(
            names = "--what-if",
            required = true,
            description = "change nothing; run the routes over what the job has read, next to those that decide now")
    private boolean wanted;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "WHEN",
            description = "from then on: 2026-11-21T03:00:00Z, or 1h for an hour ago")
    private String from = "";

    @Option(names = "--to", paramLabel = "WHEN", description = "until then (default: now)")
    private String to = "0s";

    @Option(names = "--max", paramLabel = "N", description = "try so many events at most")
    private long max = Long.MAX_VALUE;

    /** Tries the rules and shows what they would change. */
    int run(
            Shell shell,
            ControlOptions options,
            JobConfig running,
            RuleVersion inForce,
            RulesText wantedRules,
            OutputOption output)
            throws CommandFailure {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant start = WhenText.parse("weft apply: --from", from, now);
        Instant end = WhenText.parse("weft apply: --to", to, now);
        if (!start.isBefore(end)) {
            throw CommandFailure.input("weft apply: --from %s is not before --to %s".formatted(start, end));
        }
        WhatIf whatIf = new WhatIf(
                inForce.rules().read().orElseThrow(), wantedRules.read().orElseThrow());
        JobConfig read = options.reachable(shell, running);
        shell.note("reading what the job read from %s to %s".formatted(start, end));
        new History(read, options.client(read, shell), start, end).read(max, whatIf::add);
        if (output.isJson()) {
            shell.say(Json.pretty(json(whatIf.report(), inForce.number())));
        } else {
            text(shell, whatIf.report(), inForce.number());
        }
        return ExitCodes.OK;
    }

    private static void text(Shell shell, WhatIf.Report report, int version) {
        shell.say("%s: %s decided as by version %d, %s differently"
                .formatted(
                        Counted.of(report.events(), "event"),
                        Counted.grouped(report.events() - report.different()),
                        version,
                        Counted.grouped(report.different())));
        table(shell, "ROUTE", report.routes());
        table(shell, "CHANNEL", report.channels());
        if (!report.remembering().isEmpty()) {
            shell.say("");
            shell.say("not tried, as it depends on what they remember: " + String.join(", ", report.remembering()));
        }
    }

    private static void table(Shell shell, String what, SortedMap<String, WhatIf.Tally> tallies) {
        if (tallies.isEmpty()) {
            return;
        }
        Table table = Table.ofText(what, "MORE", "FEWER", "CHANGED", "SUCH AS");
        for (Map.Entry<String, WhatIf.Tally> each : tallies.entrySet()) {
            WhatIf.Tally tally = each.getValue();
            table.row(
                    each.getKey(),
                    Counted.grouped(tally.more()),
                    Counted.grouped(tally.fewer()),
                    Counted.grouped(tally.changed()),
                    String.join(", ", tally.examples()));
        }
        shell.say("");
        table.lines().forEach(shell::say);
    }

    private static ObjectNode json(WhatIf.Report report, int version) {
        ObjectNode json = Json.object()
                .put("version", version)
                .put("events", report.events())
                .put("different", report.different());
        tallies(json.putObject("routes"), report.routes());
        tallies(json.putObject("channels"), report.channels());
        report.remembering().forEach(json.putArray("notTried")::add);
        return json;
    }

    private static void tallies(ObjectNode json, SortedMap<String, WhatIf.Tally> tallies) {
        tallies.forEach((name, tally) -> {
            ObjectNode each = json.putObject(name)
                    .put("more", tally.more())
                    .put("fewer", tally.fewer())
                    .put("changed", tally.changed());
            tally.examples().forEach(each.putArray("examples")::add);
        });
    }
}
