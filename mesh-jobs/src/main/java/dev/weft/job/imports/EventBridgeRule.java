package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of EventBridge as a file has it.
 *
 * @param at the rule in the file
 * @param name as EventBridge has it, or the nearest the file says
 * @param arn its address; empty if the file does not say
 * @param bus the event bus's name
 * @param pattern an object, or a text that holds one; null of a rule that has a schedule
 * @param schedule null of a rule without
 * @param targets in the order of the file; those of a second file are added
 */
record EventBridgeRule(
        SourceFile file,
        Node at,
        String name,
        String arn,
        String description,
        String bus,
        boolean disabled,
        @Nullable Node pattern,
        @Nullable Node schedule,
        List<Target> targets) {

    private static final List<String> WITHOUT_MEANING_HERE = List.of("RoleArn", "ManagedBy", "CreatedBy", "Tags");

    /** One target, with the file it stands in. */
    record Target(SourceFile file, Node node) {}

    /** Reads the members of a rule. */
    static EventBridgeRule read(SourceFile file, Fields fields, String otherName, Problems problems) {
        String name = scalar(fields, "Name").orElse(otherName);
        String arn = scalar(fields, "Arn").orElse("");
        String description = scalar(fields, "Description").orElse("");
        String bus = scalar(fields, "EventBusName").orElse("default");
        boolean disabled = scalar(fields, "State").filter("DISABLED"::equals).isPresent();
        Node pattern = fields.optional("EventPattern").node("an event pattern").orElse(null);
        Node schedule = fields.optional("ScheduleExpression").node("a schedule").orElse(null);
        List<Target> targets = targets(file, fields, problems);
        WITHOUT_MEANING_HERE.forEach(key -> fields.optional(key).node("anything"));
        fields.close();
        if (pattern == null && schedule == null) {
            problems.add(fields.node(), "a rule without a pattern", "EventPattern");
        }
        return new EventBridgeRule(
                file,
                fields.node(),
                name,
                arn,
                description,
                bus.substring(bus.lastIndexOf('/') + 1),
                disabled,
                pattern,
                schedule,
                targets);
    }

    /** Returns the rule that is a pattern and nothing else. */
    static EventBridgeRule ofPattern(SourceFile file, Node pattern, String name) {
        return new EventBridgeRule(file, pattern, name, "", "", "default", false, pattern, null, new ArrayList<>());
    }

    /** Reads a list of targets, which may be in a file of its own. */
    static List<Target> targets(SourceFile file, Fields fields, Problems problems) {
        Optional<Node> targets = fields.optional("Targets").node("a list of targets");
        if (targets.isPresent() && !(targets.get() instanceof Sequence)) {
            problems.add(targets.get(), targets.get().described(), "a list of targets");
        }
        List<Target> all = new ArrayList<>();
        if (targets.orElse(null) instanceof Sequence list) {
            list.items().forEach(each -> all.add(new Target(file, each)));
        }
        return all;
    }

    /** CloudFormation may have a reference there, whose value it does not say. */
    private static Optional<String> scalar(Fields fields, String key) {
        return fields.optional(key)
                .node("text")
                .flatMap(node -> node instanceof Scalar scalar && scalar.value() != null
                        ? Optional.of(scalar.text())
                        : Optional.empty());
    }
}
