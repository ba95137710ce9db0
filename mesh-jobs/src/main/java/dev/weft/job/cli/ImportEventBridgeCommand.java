package dev.weft.job.cli;

import dev.weft.config.Nearest;
import dev.weft.job.imports.Envelope;
import dev.weft.job.imports.EventBridgeImport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft import eventbridge}: event patterns, targets and input transformers of Amazon EventBridge. */
@Command(
        name = "eventbridge",
        description = {
            "Import rules of Amazon EventBridge: patterns, targets and input transformers.",
            "Takes what describe-rule, list-rules and list-targets-by-rule print (targets after their rule),",
            "CloudFormation templates, and patterns alone."
        },
        footer = {
            "",
            "Examples:",
            "  weft import eventbridge rule.json targets.json",
            "  aws events describe-rule --name big | weft import eventbridge - --job big",
            "  weft import eventbridge rule.json --map resources=subject --map account=awsaccount"
        })
final class ImportEventBridgeCommand implements Callable<Integer> {

    /** What the CloudEvents look like that take the place of EventBridge's events. */
    enum Shape {
        /** EventBridge's fields are attributes, detail is the payload. */
        ATTRIBUTES,
        /** The payload is the whole event of EventBridge. */
        PAYLOAD
    }

    private final Shell shell;

    @Mixin
    private ImportOptions options = new ImportOptions();

    @Option(
            names = "--envelope",
            defaultValue = "attributes",
            paramLabel = "SHAPE",
            description = "where EventBridge's fields are in your events: attributes (detail is the payload), or"
                    + " payload (all of the event is) (default: $" + "{DEFAULT-VALUE})")
    private Shape shape = Shape.ATTRIBUTES;

    @Option(
            names = "--map",
            paramLabel = "FIELD=PLACE",
            description = "where one field is: an attribute, data, or a path such as data.account")
    private Map<String, String> places = new LinkedHashMap<>();

    ImportEventBridgeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        Envelope envelope = envelope();
        return options.run(shell, (files, ends) -> EventBridgeImport.read(files, envelope, ends));
    }

    private Envelope envelope() throws CommandFailure {
        Envelope envelope = shape == Shape.PAYLOAD ? Envelope.payload() : Envelope.attributes();
        for (Map.Entry<String, String> each : places.entrySet()) {
            String field = each.getKey();
            if (!Envelope.FIELDS.contains(field)) {
                String hint = Nearest.to(field, Envelope.FIELDS)
                        .map(near -> ". Did you mean " + near + "?")
                        .orElse("");
                throw CommandFailure.input("weft import eventbridge: --map: found \"" + field + "\", expected "
                        + Nearest.list(Envelope.FIELDS) + hint);
            }
            envelope = envelope.with(
                    field,
                    Envelope.Place.parse(each.getValue())
                            .orElseThrow(() -> CommandFailure.input("weft import eventbridge: --map: found \""
                                    + each.getValue()
                                    + "\", expected an attribute's name, data, or a path such as data.account")));
        }
        return envelope;
    }
}
