package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.emit.EmitTemplate;
import dev.weft.filter.cel.CelExpression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of an event a pattern can ask for after it was seen first.
 *
 * @param paths of the payload, each with all that is below it
 * @param attributes their names; empty if any of them may be asked for
 */
record Kept(List<List<String>> paths, Set<String> attributes) {

    /** What tells an event from others, and what people want to see of it. */
    private static final List<String> ALWAYS = List.of("id", "source", "type", "time");

    static Kept of(Pattern pattern) {
        Set<List<String>> paths = new LinkedHashSet<>();
        Set<String> attributes = new TreeSet<>(ALWAYS);
        boolean all = false;
        Set<String> events = new HashSet<>(Set.of("prev"));
        pattern.steps().forEach(step -> events.add(step.name()));
        for (CelExpression expression : expressions(pattern)) {
            paths.addAll(expression.wantedPaths());
            attributes.addAll(expression.attributes());
            // The map of all attributes does not say which of them are looked at.
            all |= expression.text().contains("event");
            for (Map.Entry<String, List<List<String>>> wanted :
                    expression.wantedOfNames().entrySet()) {
                if (!events.contains(wanted.getKey())) {
                    continue; // such as key: it is no event
                }
                for (List<String> path : wanted.getValue()) {
                    all |= path.isEmpty();
                    if (path.isEmpty()) {
                        paths.add(path);
                    } else if (path.get(0).equals("data")) {
                        paths.add(path.subList(1, path.size()));
                    } else {
                        attributes.add(path.get(0));
                    }
                }
            }
        }
        return new Kept(List.copyOf(paths), all ? Set.of() : attributes);
    }

    private static List<CelExpression> expressions(Pattern pattern) {
        List<CelExpression> all = new ArrayList<>();
        for (Step step : pattern.steps()) {
            add(correlated(step.condition()), all);
            add(correlated(step.until()), all);
        }
        add(pattern.having(), all);
        for (EmitTemplate template : templates(pattern)) {
            all.addAll(template.expressions());
        }
        return all;
    }

    private static @Nullable CelExpression correlated(@Nullable Condition condition) {
        return condition == null ? null : condition.correlated();
    }

    private static void add(@Nullable CelExpression expression, List<CelExpression> all) {
        if (expression != null) {
            all.add(expression);
        }
    }

    private static List<EmitTemplate> templates(Pattern pattern) {
        List<EmitTemplate> templates = new ArrayList<>();
        if (pattern.emit() != null) {
            templates.add(pattern.emit());
        }
        if (pattern.onTimeout() != null) {
            templates.add(pattern.onTimeout());
        }
        return templates;
    }
}
