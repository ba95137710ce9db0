package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.route.transform.TransformParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says a transformer of EventMesh as a transform. */
final class EventMeshTemplate {

    private static final List<String> TYPES = List.of("original", "constant", "template");

    private final SourceFile file;
    private final Notes notes;
    private final Problems problems;

    EventMeshTemplate(SourceFile file, Notes notes, Problems problems) {
        this.file = file;
        this.notes = notes;
        this.problems = problems;
    }

    /** Returns the transform, without members if there is none; nothing if it is wrong or cannot be carried over. */
    Optional<Mapping> translate(Node transformer) {
        int lost = notes.lostCount();
        int wrong = problems.count();
        Fields fields = Fields.of(transformer, problems);
        String typeKey = fields.has("transformerType") ? "transformerType" : "type";
        Optional<String> type = fields.required(typeKey).text().map(it -> it.toLowerCase(Locale.ROOT));
        Optional<Node> value = fields.optional("value").node("a value");
        Optional<Node> template = fields.optional("template").node("a template");
        fields.close();
        Placed placed = Placed.at(transformer);
        Mapping nothing = placed.mapping(Map.of());
        Mapping transform = switch (type.orElse("original")) {
            case "original" -> nothing;
            case "constant" ->
                text(transformer, value, "value").map(this::constant).orElse(nothing);
            case "template" ->
                text(transformer, template, "template")
                        .map(it -> template(value, it))
                        .orElse(nothing);
            default -> {
                String found = type.orElse("");
                problems.add(new Problem(
                        fields.keyAt(typeKey),
                        fields.path(typeKey),
                        "\"" + found + "\"",
                        Nearest.list(TYPES),
                        Nearest.to(found, TYPES)));
                yield nothing;
            }
        };
        if (notes.lostCount() == lost
                && problems.count() == wrong
                && !transform.members().isEmpty()) {
            TransformParser.parse(transform, problems);
        }
        return notes.lostCount() == lost && problems.count() == wrong ? Optional.of(transform) : Optional.empty();
    }

    private Optional<Scalar> text(Node transformer, Optional<Node> node, String key) {
        if (node.isPresent() && node.get() instanceof Scalar scalar && scalar.value() instanceof String) {
            return Optional.of(scalar);
        }
        node.ifPresentOrElse(
                it -> problems.add(it, it.described(), "text"),
                () -> problems.add(transformer, "a transformer without " + key, key));
        return Optional.empty();
    }

    private Mapping constant(Scalar constant) {
        Placed placed = Placed.at(constant);
        Optional<Node> json =
                structure(constant.text()) ? new Embedded(file, constant).read(new Problems()) : Optional.empty();
        sayHowItIsPushed(constant, json.isPresent());
        return placed.only(
                "data",
                json.map(JsonConstant::template).orElseGet(() -> placed.text(TemplateText.escaped(constant.text()))));
    }

    private Mapping template(Optional<Node> value, Scalar template) {
        Placed placed = Placed.at(template);
        Map<String, Scalar> declared = new LinkedHashMap<>();
        value.ifPresent(it -> declare(it, declared));
        Embedded source = new Embedded(file, template);
        Optional<Node> json = structure(template.text())
                ? new ForeignTemplate(
                                source,
                                template.path(),
                                new EventMeshVariables(declared, new Notes(), new Problems()),
                                new Problems())
                        .json()
                        .flatMap(known -> reading(source, template, declared).json())
                : Optional.empty();
        sayHowItIsPushed(template, json.isPresent());
        notes.changed(
                template,
                "values are put in once, with their type where they stand alone and escaped; EventMesh puts in bare"
                        + " characters, objects as Java prints them, and looks for variables in the values again");
        Map<String, Node> members = new LinkedHashMap<>();
        members.put(
                "data", json.orElseGet(() -> reading(source, template, declared).text()));
        if (json.isPresent()) {
            notes.changed(
                    template,
                    "a value that is missing is null here; within a text it is nothing, where EventMesh writes null");
            members.put("missing", new Scalar(placed.at(), placed.path(), null, "null"));
        }
        return placed.mapping(members);
    }

    private ForeignTemplate reading(Embedded source, Scalar template, Map<String, Scalar> declared) {
        return new ForeignTemplate(
                source, template.path(), new EventMeshVariables(declared, notes, problems), problems);
    }

    private void declare(Node value, Map<String, Scalar> into) {
        Optional<Node> names = value instanceof Scalar scalar && scalar.value() instanceof String
                ? new Embedded(file, scalar).read(problems)
                : Optional.of(value);
        names.ifPresent(it -> {
            if (it instanceof Mapping mapping) {
                mapping.members().forEach((name, path) -> {
                    if (path instanceof Scalar scalar) {
                        into.put(name, scalar);
                    } else {
                        problems.add(path, path.described(), "a JSON path such as $.data.n, or a constant");
                    }
                });
            } else {
                problems.add(it, it.described(), "variables with a JSON path each");
            }
        });
    }

    private static boolean structure(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private void sayHowItIsPushed(Scalar written, boolean json) {
        notes.changed(
                written,
                json
                        ? "delivered as JSON; EventMesh's HTTP push quotes it once more, as one JSON text"
                        : "delivered as a JSON text, in quotes, as EventMesh's HTTP push does");
    }
}
