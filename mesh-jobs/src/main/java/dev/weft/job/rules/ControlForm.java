package dev.weft.job.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The payload of a control event, member by member: one that is missing or of another type spoils the whole. */
final class ControlForm {

    private final JsonNode json;
    private boolean spoilt;

    ControlForm(JsonNode json) {
        this.json = json;
        this.spoilt = !json.isObject();
    }

    Optional<ControlEvent> read(String type, String id) {
        ControlEvent read = switch (type) {
            case ControlEvent.Proposed.TYPE ->
                new ControlEvent.Proposed(
                        text("job"), text("lineage"), version(id), text("follows"), time("effectiveFrom"));
            case ControlEvent.Seeded.TYPE -> new ControlEvent.Seeded(text("job"), text("lineage"), version(text("id")));
            case ControlEvent.Started.TYPE ->
                new ControlEvent.Started(
                        text("job"),
                        text("lineage"),
                        number("version"),
                        number("parallelism"),
                        number("attempt"),
                        rules());
            case ControlEvent.Applied.TYPE ->
                new ControlEvent.Applied(
                        text("job"),
                        text("lineage"),
                        number("version"),
                        text("proposal"),
                        number("subtask"),
                        number("parallelism"),
                        number("attempt"),
                        number("rules"));
            case ControlEvent.Refused.TYPE ->
                new ControlEvent.Refused(
                        text("job"),
                        text("lineage"),
                        number("version"),
                        text("proposal"),
                        number("inForce"),
                        number("subtask"),
                        number("parallelism"),
                        texts("problems"));
            case ControlEvent.Pausing.PAUSED, ControlEvent.Pausing.RESUMED ->
                new ControlEvent.Pausing(
                        text("job"), text("lineage"), id, pause(json), type.equals(ControlEvent.Pausing.RESUMED));
            case ControlEvent.Holding.TYPE ->
                new ControlEvent.Holding(
                        text("job"),
                        text("lineage"),
                        position(),
                        number("subtask"),
                        number("parallelism"),
                        number("attempt"),
                        pauses());
            default -> null;
        };
        return spoilt ? Optional.empty() : Optional.ofNullable(read);
    }

    private @Nullable String time(String name) {
        if (!json.has(name)) {
            return null;
        }
        String text = text(name);
        spoilt |= Rfc3339.epochMillis(text) == Rfc3339.NOT_A_TIMESTAMP;
        return text;
    }

    private RuleVersion version(String id) {
        return new RuleVersion(number("version"), id, text("author"), rules());
    }

    private RulesText rules() {
        JsonNode members = json.path("variables");
        SortedMap<String, String> variables = new TreeMap<>();
        members.properties().forEach(each -> variables.put(each.getKey(), textOf(each.getValue())));
        spoilt |= !members.isObject();
        return new RulesText(text("file"), text("text"), variables);
    }

    private Pauses pauses() {
        List<Pause> pauses = new ArrayList<>();
        json.path("paused").forEach(each -> pauses.add(pause(each)));
        spoilt |= !json.path("paused").isArray();
        return new Pauses(pauses);
    }

    private Pause pause(JsonNode node) {
        Part.Kind kind = node.has(Part.Kind.TARGET.word()) ? Part.Kind.TARGET : Part.Kind.ROUTE;
        Part part = new Part(kind, textOf(node.path(kind.word())));
        return new Pause(part, textOf(node.path("author")), textOf(node.path("at")), textOf(node.path("why")));
    }

    private long position() {
        JsonNode node = json.path("position");
        spoilt |= !node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0;
        return node.asLong();
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(each -> texts.add(textOf(each)));
        spoilt |= !json.path(name).isArray();
        return texts;
    }

    private String text(String name) {
        return textOf(json.path(name));
    }

    private String textOf(JsonNode node) {
        spoilt |= !node.isTextual();
        return node.asText();
    }

    private int number(String name) {
        JsonNode node = json.path(name);
        spoilt |= !node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 0;
        return node.asInt();
    }
}
