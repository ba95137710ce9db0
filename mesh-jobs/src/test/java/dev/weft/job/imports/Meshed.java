package dev.weft.job.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Checked;
import dev.weft.config.Mapping;
import dev.weft.config.Problem;
import dev.weft.event.MeshEvent;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import dev.weft.job.JobConfigReader;
import dev.weft.job.Wire;
import dev.weft.job.imports.Note.Kind;
import dev.weft.route.Route;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an import made, as the job reads it: the routes are those of the text that was written. */
record Meshed(Imported imported, List<Route> routes) {

    private static final int LARGEST = 1_000_000;

    static Meshed of(Checked<Imported> checked) {
        Imported imported = checked.orElseThrow();
        List<Route> routes = imported.routes().isEmpty()
                ? List.of()
                : JobConfigReader.read("imported.yaml", imported.job("imported"), Map.of())
                        .orElseThrow()
                        .routes();
        return new Meshed(imported, routes);
    }

    /** Returns whether the only route wants the event. */
    boolean wants(MeshEvent event) {
        Matches matches = new Matches();
        PlainRuleSet.of(List.of(routes.get(0).where())).match(event, matches);
        return matches.matchedCount() == 1;
    }

    /** Returns the payload that the only route delivers, as text. */
    String delivers(MeshEvent event) {
        Transformed made = new Transformer(Objects.requireNonNull(routes.get(0).transform()), LARGEST).apply(event);
        byte[] payload =
                Objects.requireNonNull(((Transformed.Done) made).event().payload());
        return new String(payload, StandardCharsets.UTF_8);
    }

    List<String> said(Kind kind) {
        return imported.notes().stream()
                .filter(note -> note.kind() == kind)
                .map(Note::said)
                .toList();
    }

    /** Returns what the only route selects, on one line. */
    String selection() {
        return line(imported.routes().get(0).selects());
    }

    /** Returns the transform of the only route, on one line. */
    String transform() {
        return line(imported.routes().get(0).transform());
    }

    static String line(Mapping mapping) {
        String written =
                YamlText.of(Placed.at(mapping).list(List.of(mapping)), 0, 0).strip();
        return written.equals("- {}") ? "" : written.substring("- { ".length(), written.length() - " }".length());
    }

    static List<String> messages(Checked<Imported> checked) {
        return checked.problems().stream().map(Problem::message).toList();
    }

    /** Returns the CloudEvent in structured mode that the JSON is. */
    static MeshEvent structured(JsonNode event) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("content-type", Wire.utf8("application/cloudevents+json"))
                .build();
        return (MeshEvent) Wire.readFrom("events", new WireRecord(null, headers, Wire.utf8(event.toString())));
    }

    /** Returns the CloudEvent that takes the place of an event of EventBridge, as {@link Envelope#attributes} says. */
    static MeshEvent ofEventBridge(JsonNode event) {
        ObjectNode cloudEvent = ((ObjectNode) event).objectNode();
        cloudEvent.put("specversion", "1.0").put("datacontenttype", "application/json");
        for (String field : List.of("id", "source", "account", "time", "region")) {
            if (event.has(field)) {
                cloudEvent.set(field, event.get(field));
            }
        }
        cloudEvent.set("type", event.get("detail-type"));
        cloudEvent.set("data", event.get("detail"));
        return structured(cloudEvent);
    }
}
