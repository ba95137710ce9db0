package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.cluster.MeshCounts;
import java.util.ArrayList;
import java.util.List;

/** What a mesh counted, as tables and as JSON. */
final class CountsText {

    private CountsText() {}

    /** Returns the sums in one line. */
    static String sums(MeshCounts counts) {
        return "received %s, delivered %s, unmatched %s, dead letter %s"
                .formatted(
                        Counted.grouped(counts.received()),
                        Counted.grouped(counts.delivered()),
                        Counted.grouped(counts.unmatched()),
                        Counted.grouped(counts.deadLettered()));
    }

    /** Returns the sums, and a table each of routes and channels. */
    static List<String> summary(MeshCounts counts) {
        List<String> lines = new ArrayList<>();
        lines.add(sums(counts));
        Table routes = Table.ofNumbers("route", "matched");
        counts.matchedByRoute().forEach((route, count) -> routes.row(route, Counted.grouped(count)));
        Table channels = Table.ofNumbers("channel", "delivered");
        counts.deliveredByChannel().forEach((channel, count) -> channels.row(channel, Counted.grouped(count)));
        lines.add("");
        lines.addAll(routes.lines());
        lines.add("");
        lines.addAll(channels.lines());
        return lines;
    }

    static ObjectNode json(MeshCounts counts) {
        ObjectNode json = Json.object()
                .put("received", counts.received())
                .put("delivered", counts.delivered())
                .put("unmatched", counts.unmatched())
                .put("deadLettered", counts.deadLettered());
        ObjectNode routes = json.putObject("routes");
        counts.matchedByRoute().forEach(routes::put);
        ObjectNode channels = json.putObject("channels");
        counts.deliveredByChannel().forEach(channels::put);
        return json;
    }
}
