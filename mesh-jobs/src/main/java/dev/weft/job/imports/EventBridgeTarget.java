package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.route.transform.TransformParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says one target of a rule in Weft's words: a channel, and what is delivered there. */
final class EventBridgeTarget {

    /** How the target is called and paid for; it does not change what arrives. */
    private static final List<String> SETTINGS = List.of(
            "RetryPolicy",
            "DeadLetterConfig",
            "KinesisParameters",
            "SqsParameters",
            "HttpParameters",
            "EcsParameters",
            "BatchParameters",
            "RunCommandParameters",
            "RedshiftDataParameters",
            "SageMakerPipelineParameters",
            "AppSyncParameters");

    private final EventBridgeRule rule;
    private final Envelope envelope;
    private final ImportedChannels channels;
    private final Notes notes;
    private final Problems problems;

    EventBridgeTarget(
            EventBridgeRule rule, Envelope envelope, ImportedChannels channels, Notes notes, Problems problems) {
        this.rule = rule;
        this.envelope = envelope;
        this.channels = channels;
        this.notes = notes;
        this.problems = problems;
    }

    /**
     * What a target becomes.
     *
     * @param transform without members if the event is delivered as it is
     */
    record Delivery(String channel, Mapping transform) {}

    /** Returns what the target becomes; nothing if it is wrong or cannot be carried over, which is said. */
    Optional<Delivery> read(EventBridgeRule.Target source) {
        Node target = source.node();
        int lost = notes.lostCount();
        int wrong = problems.count();
        Fields fields = Fields.of(target, problems);
        Optional<Node> id = fields.required("Id").node("the target's id");
        Optional<Node> arn = fields.required("Arn").node("the target's address");
        Optional<Node> input = fields.optional("Input").node("a constant");
        Optional<Node> inputPath = fields.optional("InputPath").node("a path");
        Optional<Node> transformer = fields.optional("InputTransformer").node("an input transformer");
        fields.optional("RoleArn").node("anything");
        List<String> settings = new ArrayList<>();
        SETTINGS.forEach(key -> fields.optional(key).node("a mapping").ifPresent(it -> settings.add(key)));
        fields.close();
        if (input.isPresent() && (inputPath.isPresent() || transformer.isPresent())
                || inputPath.isPresent() && transformer.isPresent()) {
            problems.add(target, "several of Input, InputPath, InputTransformer", "one of them");
            return Optional.empty();
        }
        String channel = channel(target, id, arn, settings);
        Mapping transform = input.map(it -> constant(source.file(), it))
                .or(() -> inputPath.map(this::part))
                .or(() -> transformer.map(it -> template(source.file(), it)))
                .orElseGet(() -> unchanged(target));
        if (notes.lostCount() == lost
                && problems.count() == wrong
                && !transform.members().isEmpty()) {
            TransformParser.parse(transform, problems);
        }
        return notes.lostCount() == lost && problems.count() == wrong
                ? Optional.of(new Delivery(channel, transform))
                : Optional.empty();
    }

    private String channel(Node target, Optional<Node> id, Optional<Node> arn, List<String> settings) {
        String address =
                arn.map(it -> it instanceof Scalar scalar ? scalar.text() : "").orElse("");
        String called =
                id.map(it -> it instanceof Scalar scalar ? scalar.text() : "").orElse("");
        String name = FreshNames.form(address.isEmpty() ? called : resource(address));
        String what = address.isEmpty() ? "the target " + called : address;
        String channel = channels.to(name, what);
        String with = settings.isEmpty() ? "" : ", with " + String.join(", ", settings);
        notes.open(
                target,
                "events are written to the channel " + channel + "; what carries them to " + what + with
                        + ", is yours: Weft delivers to Kafka topics");
        return channel;
    }

    /** The last word of an ARN names the resource, but for API destinations, which end in a number of their own. */
    private static String resource(String arn) {
        String[] parts = arn.split("[:/]");
        boolean numbered = parts.length > 2 && parts[parts.length - 3].equals("api-destination");
        return parts[parts.length - (numbered ? 2 : 1)];
    }

    private Mapping unchanged(Node target) {
        notes.changed(
                target,
                "the target gets the CloudEvent; EventBridge sends its own JSON, with the envelope around detail");
        return Placed.at(target).mapping(Map.of());
    }

    private Mapping constant(SourceFile file, Node input) {
        if (input instanceof Scalar scalar && scalar.value() instanceof String) {
            Optional<Node> value = new Embedded(file, scalar).read(problems);
            notes.changed(input, "the constant is a transform without variables");
            return value.map(it -> Placed.at(input).only("data", JsonConstant.template(it)))
                    .orElseGet(() -> Placed.at(input).mapping(Map.of()));
        }
        problems.add(input, input.described(), "a text that holds JSON");
        return Placed.at(input).mapping(Map.of());
    }

    private Mapping part(Node path) {
        Placed placed = Placed.at(path);
        if (!(path instanceof Scalar scalar) || !(scalar.value() instanceof String)) {
            problems.add(path, path.described(), "a JSON path such as $.detail");
            return placed.mapping(Map.of());
        }
        if (scalar.text().equals("$")) {
            return unchanged(path);
        }
        Optional<String> variable = new EventBridgeVariables(envelope, rule, notes, problems).variable(scalar);
        if (variable.filter("${data}"::equals).isPresent()) {
            notes.changed(path, scalar.text() + " is the whole payload here, so the event is delivered as it is");
            return placed.mapping(Map.of());
        }
        return variable.map(it -> placed.only("data", placed.text(it))).orElseGet(() -> placed.mapping(Map.of()));
    }

    private Mapping template(SourceFile file, Node transformer) {
        Fields fields = Fields.of(transformer, problems);
        EventBridgeVariables variables = new EventBridgeVariables(envelope, rule, notes, problems);
        fields.optional("InputPathsMap").node("names with a path each").ifPresent(paths -> {
            if (paths instanceof Mapping mapping) {
                variables.declare(mapping);
            } else {
                problems.add(paths, paths.described(), "names with a path each");
            }
        });
        Optional<Node> template = fields.required("InputTemplate").node("a template");
        fields.close();
        Placed placed = Placed.at(transformer);
        if (template.isEmpty()) {
            return placed.mapping(Map.of());
        }
        if (!(template.get() instanceof Scalar scalar) || !(scalar.value() instanceof String)) {
            problems.add(template.get(), template.get().described(), "a text that holds the template");
            return placed.mapping(Map.of());
        }
        ForeignTemplate reading = new ForeignTemplate(new Embedded(file, scalar), scalar.path(), variables, problems);
        if (!reading.isJson()) {
            notes.changed(scalar, "the template is no JSON, so plain text is delivered (text/plain), as it stands");
            return placed.only("text", reading.text());
        }
        notes.changed(
                scalar,
                "values are put in as JSON: with their type, also where quotes stand around <name> alone, and escaped; a"
                        + " member whose value is missing is left out. "
                        + "EventBridge puts in the bare characters, which can break the JSON");
        return reading.json().map(it -> placed.only("data", it)).orElseGet(() -> placed.mapping(Map.of()));
    }
}
