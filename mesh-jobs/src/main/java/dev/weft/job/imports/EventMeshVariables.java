package dev.weft.job.imports;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The variables of an EventMesh template: {@code ${name}} and {@code ${name:-default}}, escaped as {@code $${name}}.
 */
final class EventMeshVariables implements TemplateVariables {

    private static final Pattern FORM = Pattern.compile("(?<!\\$)\\$\\{([^{}]*)}");

    private final Map<String, Scalar> declared;
    private final Notes notes;
    private final Problems problems;

    EventMeshVariables(Map<String, Scalar> declared, Notes notes, Problems problems) {
        this.declared = declared;
        this.notes = notes;
        this.problems = problems;
    }

    @Override
    public Pattern form() {
        return FORM;
    }

    @Override
    public String words(String written) {
        return written.replace("$${", "${");
    }

    @Override
    public Optional<Node> alone(String variable, Placed at) {
        return insideText(variable, at).map(at::text);
    }

    @Override
    public Optional<String> insideText(String variable, Placed at) {
        int otherwise = variable.indexOf(":-");
        String name = otherwise < 0 ? variable : variable.substring(0, otherwise);
        Scalar path = declared.get(name);
        Scalar place = new Scalar(at.at(), at.path(), "", "");
        if (path == null && otherwise >= 0) {
            String constant = variable.substring(otherwise + 2);
            notes.changed(place, "${" + variable + "} is written out: there is no variable " + name);
            return Optional.of(TemplateText.escaped(constant));
        }
        if (path == null) {
            notes.changed(place, "${" + variable + "} is text, as in EventMesh: there is no variable " + name);
            return Optional.of(TemplateText.escaped("${" + variable + "}"));
        }
        if (otherwise >= 0) {
            notes.changed(
                    place,
                    "the default of ${" + variable + "} is left out: EventMesh writes null where the value is missing");
        }
        return value(path);
    }

    private Optional<String> value(Scalar path) {
        Optional<EventPath> read = EventPath.parse(path.text());
        if (read.isEmpty()) {
            notes.changed(path, "no path to one value, so it is written out as text, as in EventMesh");
            return Optional.of(TemplateText.escaped(path.text()));
        }
        EventPath steps = read.get();
        String head = steps.head();
        if (head.equals("data")) {
            return Optional.of(steps.tail().inPayload(List.of()));
        }
        if (AttributeRules.isName(head) && steps.tail().isRoot()) {
            return Optional.of("${" + head + "}");
        }
        if (steps.isRoot()) {
            notes.lost(path, "the whole event as one value");
        } else {
            problems.add(path, path.described(), "a path to an attribute or below data, such as $.data.n");
        }
        return Optional.empty();
    }
}
