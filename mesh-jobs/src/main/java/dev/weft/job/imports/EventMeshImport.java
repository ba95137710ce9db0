package dev.weft.job.imports;

import dev.weft.config.Checked;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports filter rules and transformers of Apache EventMesh, as its meta store holds them for a consumer group: each
 * topic becomes a channel with one route.
 */
public final class EventMeshImport {

    private final Notes notes = new Notes();
    private final Problems problems = new Problems();
    private final FreshNames names = new FreshNames();
    private final ImportedChannels channels;
    private final Map<String, Topic> topics = new LinkedHashMap<>();

    private EventMeshImport(Ends ends) {
        this.channels = new ImportedChannels(ends);
    }

    /** What the files say of one topic. */
    private record Topic(Node at, Map<String, Placement> parts) {}

    private record Placement(SourceFile file, Node node) {}

    /** Returns the routes that say what {@code files} say, or every mistake in them. */
    public static Checked<Imported> read(List<SourceFile> files, Ends ends) {
        return new EventMeshImport(ends).read(files);
    }

    private Checked<Imported> read(List<SourceFile> files) {
        for (SourceFile file : files) {
            file.document(problems).ifPresent(root -> entries(file, root));
        }
        List<ImportedRoute> routes = new ArrayList<>();
        topics.forEach((topic, said) -> route(topic, said).ifPresent(routes::add));
        return Checked.of(
                problems, () -> new Imported("Apache EventMesh", routes, channels.all(), notes.inReadingOrder()));
    }

    private void entries(SourceFile file, Node root) {
        if (!(root instanceof Sequence list) || list.items().isEmpty()) {
            problems.add(root, root.described(), "a list of topics, each with its condition or transformerParam");
            return;
        }
        list.items().forEach(item -> entry(file, item));
    }

    private void entry(SourceFile file, Node item) {
        Fields fields = Fields.of(item, problems);
        Optional<String> topic = fields.required("topic").text();
        Optional<Node> condition = fields.optional("condition").node("a condition");
        Optional<Node> transformer = fields.optional("transformerParam").node("a transformer");
        refuse(fields, "filterPattern", "condition");
        refuse(fields, "transformerConfig", "transformerParam");
        fields.close();
        if (topic.isEmpty()) {
            return;
        }
        Topic said = topics.computeIfAbsent(topic.get(), absent -> new Topic(item, new HashMap<>()));
        condition.ifPresent(node -> put(said, "condition", file, node, topic.get()));
        transformer.ifPresent(node -> put(said, "transformerParam", file, node, topic.get()));
        if (condition.isEmpty()
                && transformer.isEmpty()
                && !fields.has("filterPattern")
                && !fields.has("transformerConfig")) {
            problems.add(item, "a topic and nothing more", "condition, transformerParam or both");
        }
    }

    private void put(Topic said, String part, SourceFile file, Node node, String topic) {
        Placement before = said.parts().putIfAbsent(part, new Placement(file, node));
        if (before != null) {
            problems.add(
                    node,
                    part + " of the topic " + topic + " a second time",
                    "it once; it first stands at " + before.node().at());
        }
    }

    private void refuse(Fields fields, String documented, String read) {
        fields.optional(documented)
                .node("nothing")
                .ifPresent(at -> problems.add(
                        at, documented + ", which EventMesh's documentation names and its code does not read", read));
    }

    private Optional<ImportedRoute> route(String topic, Topic said) {
        Placed placed = Placed.at(said.at());
        Mapping nothing = placed.mapping(Map.of());
        Placement condition = said.parts().get("condition");
        Placement transformer = said.parts().get("transformerParam");
        Optional<Mapping> selects = condition == null ? Optional.of(nothing) : selects(condition.node(), nothing);
        Optional<Mapping> transform = transformer == null
                ? Optional.of(nothing)
                : new EventMeshTemplate(transformer.file(), notes, problems).translate(transformer.node());
        String from = channels.from(topic, topic, "the topic " + topic);
        String to = channels.to(FreshNames.form(topic) + "-out", "the subscribers of " + topic);
        notes.open(
                said.at(),
                "events are written to the channel " + to + "; what carries them to the subscribers of " + topic
                        + " is yours: Weft delivers to Kafka topics");
        return selects.isEmpty() || transform.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImportedRoute(
                        names.take(topic),
                        "EventMesh topic " + topic,
                        "",
                        from,
                        selects.get(),
                        transform.get(),
                        List.of(to)));
    }

    private Optional<Mapping> selects(Node condition, Mapping nothing) {
        if (!(condition instanceof Mapping mapping)) {
            problems.add(condition, condition.described(), "a condition: a mapping of attributes and data");
            return Optional.empty();
        }
        if (EventMeshCondition.isEmpty(mapping)) {
            notes.changed(condition, "an empty condition takes every event, as in EventMesh");
            return Optional.of(nothing);
        }
        return new EventMeshCondition(notes, problems)
                .translate(mapping)
                .map(where -> Placed.at(condition).only("where", where));
    }
}
