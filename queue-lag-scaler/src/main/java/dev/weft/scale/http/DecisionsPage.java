package dev.weft.scale.http;

import dev.weft.scale.Decision;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers.Seen;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decisions as a page of HTML that needs nothing else: no script, no font, no other file. Comes again by itself. */
final class DecisionsPage {

    private static final int ROWS = 200;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="refresh" content="10"><title>%s</title><style>
            :root { color-scheme: light dark; --ink: #1c2024; --faint: #60646c; --rule: #d9d9e0; --ground: #fff;
              --lag: #b4411e; --arrivals: #0d74ce; --replicas: #18794e; --alarm: #b3261e; }
            @media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --faint: #b0b4ba; --rule: #363a3f;
              --ground: #111113; --lag: #ff8f66; --arrivals: #70b8ff; --replicas: #3dd68c; --alarm: #ff9592; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground);
              max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.3rem; } a { color: inherit; } .faint { color: var(--faint); }
            .alarm { color: var(--alarm); }
            table { border-collapse: collapse; width: 100%%; } th { text-align: left; font-weight: 600; }
            th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
            .number { text-align: right; font-variant-numeric: tabular-nums; }
            svg { width: 100%%; height: auto; } svg text { font-size: 12px; fill: var(--faint); }
            svg .title { fill: var(--ink); font-weight: 600; } svg .y { text-anchor: end; }
            svg .x { text-anchor: middle; } svg .grid { stroke: var(--rule); fill: none; }
            svg .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
            .lag .line { stroke: var(--lag); } .arrivals .line { stroke: var(--arrivals); }
            .replicas .line { stroke: var(--replicas); }
            </style></head><body>
            """;

    private DecisionsPage() {}

    /** Returns a list of ScaledObjects with their newest decisions. */
    static String of(List<ScaledObjectKey> keys, Function<ScaledObjectKey, Optional<Seen>> newest) {
        StringBuilder page = new StringBuilder(HEAD.formatted("Weft scaler"));
        page.append("<h1>What the scaler decided</h1>");
        if (keys.isEmpty()) {
            page.append("<p>KEDA has not asked about any ScaledObject yet.</p>");
        } else {
            page.append("<table><tr><th>ScaledObject</th><th>KEDA is told</th><th class=\"number\">waiting</th>")
                    .append("<th class=\"number\">arrivals/s</th><th>because</th></tr>");
            keys.forEach(key -> row(page, key, newest.apply(key)));
            page.append("</table>");
        }
        return page.append("</body></html>\n").toString();
    }

    /** Returns one ScaledObject with a chart and its newest decisions. */
    static String of(ScaledObjectKey key, List<Seen> history) {
        String name = Html.escaped(key.toString());
        StringBuilder page = new StringBuilder(HEAD.formatted(name + ", Weft scaler"));
        page.append("<p class=\"faint\"><a href=\"/decisions\">All ScaledObjects</a></p><h1>")
                .append(name)
                .append("</h1>");
        if (history.isEmpty()) {
            return page.append("<p>Nothing was decided yet.</p></body></html>\n")
                    .toString();
        }
        Seen newest = history.get(history.size() - 1);
        page.append("<p>KEDA is told: <b>").append(told(newest.answer())).append("</b></p>");
        alarms(page, newest.decision());
        topics(page, newest);
        page.append(Chart.of(history));
        page.append("<table><tr><th>at (UTC)</th><th>verdict</th><th class=\"number\">replicas</th>")
                .append("<th class=\"number\">waiting</th><th>because</th></tr>");
        List<Seen> newestFirst = new ArrayList<>(history.subList(Math.max(0, history.size() - ROWS), history.size()));
        Collections.reverse(newestFirst);
        newestFirst.forEach(seen -> row(page, seen.decision()));
        return page.append("</table></body></html>\n").toString();
    }

    private static void row(StringBuilder page, ScaledObjectKey key, Optional<Seen> seen) {
        page.append("<tr><td><a href=\"/decisions/%s/%s\">%s</a></td>"
                .formatted(encoded(key.namespace()), encoded(key.name()), Html.escaped(key.toString())));
        if (seen.isEmpty()) {
            page.append("<td colspan=\"4\" class=\"faint\">nothing was decided yet</td></tr>");
            return;
        }
        Seen newest = seen.get();
        Decision decision = newest.decision();
        page.append("<td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td><td>%s"
                .formatted(
                        told(newest.answer()),
                        Numbers.shown(decision.lag()),
                        Numbers.shown(decision.arrivalsPerSecond()),
                        decision.because().stream()
                                .findFirst()
                                .map(Html::escaped)
                                .orElse("")));
        alarms(page, decision);
        page.append("</td></tr>");
    }

    private static void row(StringBuilder page, Decision decision) {
        page.append("<tr><td>%s</td><td>%s</td><td class=\"number\">%d</td><td class=\"number\">%s</td><td>%s</td></tr>"
                .formatted(
                        decision.at(),
                        decision.verdict(),
                        decision.replicas(),
                        Numbers.shown(decision.lag()),
                        String.join(
                                "<br>",
                                decision.because().stream().map(Html::escaped).toList())));
    }

    private static void alarms(StringBuilder page, Decision decision) {
        decision.alarms()
                .forEach(alarm -> page.append(
                        "<p class=\"alarm\">%s: %s</p>".formatted(alarm.kind(), Html.escaped(alarm.text()))));
    }

    private static void topics(StringBuilder page, Seen seen) {
        if (seen.lagByTopic().size() > 1) {
            page.append("<table><tr><th>topic</th><th class=\"number\">waiting</th></tr>");
            seen.lagByTopic().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(topic -> page.append("<tr><td>%s</td><td class=\"number\">%s</td></tr>"
                            .formatted(Html.escaped(topic.getKey()), Numbers.shown(topic.getValue()))));
            page.append("</table>");
        }
    }

    private static String told(Answer answer) {
        if (answer instanceof Answer.Unknown unknown) {
            return "unknown: " + Html.escaped(unknown.reason());
        }
        int replicas = answer instanceof Answer.Wanted wanted ? wanted.replicas() : 0;
        return replicas == 1 ? "1 replica" : replicas + " replicas";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
