package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rules in what AWS's tools print and take: {@code describe-rule}, {@code list-rules},
 * {@code list-targets-by-rule}, a CloudFormation template or one of its resources, or a pattern alone.
 */
final class EventBridgeFiles {

    private static final String RULE_TYPE = "AWS::Events::Rule";

    private final Notes notes;
    private final Problems problems;
    private final List<EventBridgeRule> rules = new ArrayList<>();

    EventBridgeFiles(Notes notes, Problems problems) {
        this.notes = notes;
        this.problems = problems;
    }

    List<EventBridgeRule> read(List<SourceFile> files) {
        for (SourceFile file : files) {
            file.document(problems).ifPresent(root -> document(file, root));
        }
        return rules;
    }

    private void document(SourceFile file, Node root) {
        if (!(root instanceof Mapping mapping)) {
            problems.add(root, root.described(), "a rule of EventBridge, or an event pattern");
        } else if (mapping.get("Resources") instanceof Mapping resources) {
            template(file, resources);
        } else if (mapping.get("Rules") instanceof Sequence list) {
            list.items().forEach(rule -> rule(file, rule, stem(file)));
        } else if (mapping.get("Properties") != null) {
            resource(file, mapping, stem(file));
        } else if (mapping.get("Targets") != null
                && mapping.get("EventPattern") == null
                && mapping.get("Name") == null) {
            targetsOfTheRuleBefore(file, mapping);
        } else if (isPattern(mapping)) {
            rules.add(EventBridgeRule.ofPattern(file, mapping, stem(file)));
        } else {
            rule(file, mapping, stem(file));
        }
    }

    private void rule(SourceFile file, Node node, String name) {
        rules.add(EventBridgeRule.read(file, Fields.of(node, problems), name, problems));
    }

    private void template(SourceFile file, Mapping resources) {
        int before = rules.size();
        List<String> others = new ArrayList<>();
        resources.members().forEach((name, value) -> {
            if (value instanceof Mapping resource && isRule(resource)) {
                resource(file, resource, name);
            } else {
                others.add(name);
            }
        });
        if (rules.size() == before) {
            problems.add(resources, "no resource of the type " + RULE_TYPE, "at least one");
        }
        if (!others.isEmpty()) {
            notes.changed(resources, "left aside, as they are no rules: " + String.join(", ", others));
        }
    }

    private static boolean isRule(Mapping resource) {
        return resource.get("Type") instanceof Scalar type && RULE_TYPE.equals(type.value());
    }

    private void resource(SourceFile file, Mapping resource, String name) {
        Node properties = resource.get("Properties");
        if (resource.get("Type") != null && !isRule(resource)) {
            problems.add(resource, "a resource of another type", RULE_TYPE);
        } else if (properties == null) {
            problems.add(resource, "a rule without Properties", "Properties with an EventPattern");
        } else {
            rule(file, properties, name);
        }
    }

    private void targetsOfTheRuleBefore(SourceFile file, Mapping mapping) {
        Fields fields = Fields.of(mapping, problems);
        List<EventBridgeRule.Target> targets = EventBridgeRule.targets(file, fields, problems);
        fields.optional("NextToken").node("anything");
        fields.close();
        if (rules.isEmpty()) {
            problems.add(mapping, "targets without a rule", "the file with their rule before this one");
        } else {
            rules.get(rules.size() - 1).targets().addAll(targets);
        }
    }

    private static boolean isPattern(Mapping mapping) {
        return mapping.names().stream()
                .anyMatch(name -> name.equals("$or") || Envelope.FIELDS.contains(name.split("\\.", 2)[0]));
    }

    private static String stem(SourceFile file) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name.equals("<stdin>") ? "imported" : name;
    }
}
