package dev.weft.job.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSONPath that leads to one place: {@code $}, {@code $.detail.items[0].sku}, {@code $.detail['odd name']}.
 *
 * @param steps names and element numbers from the document's root
 */
record EventPath(List<Step> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]*'\"()?@\\s]+)|\\[(\\d{1,9})]|\\['((?:[^'\\\\]|\\\\.)*)']");
    private static final Pattern UNQUOTED = Pattern.compile("[^.\\[\\]{}'\"\\\\$\\s\\p{Cntrl}]+");

    /** More than any system takes; the pattern of a step recurses. */
    private static final int LONGEST = 1_000;

    EventPath {
        steps = List.copyOf(steps);
    }

    /** One step: into a member, or to an element. */
    sealed interface Step {
        record Member(String name) implements Step {}

        record Element(int index) implements Step {}
    }

    /** Returns the path; nothing if the text is none, or one that may lead to several places. */
    static Optional<EventPath> parse(String text) {
        if (!text.startsWith("$") || text.length() > LONGEST) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!step.find(at) || step.start() != at) {
                return Optional.empty();
            }
            if (step.group(2) != null) {
                steps.add(new Step.Element(Integer.parseInt(step.group(2))));
            } else {
                String quoted = step.group(3);
                steps.add(new Step.Member(quoted == null ? step.group(1) : quoted.replaceAll("\\\\(.)", "$1")));
            }
            at = step.end();
        }
        return Optional.of(new EventPath(steps));
    }

    boolean isRoot() {
        return steps.isEmpty();
    }

    /** Returns the name of the first step; empty if there is none. */
    String head() {
        return !steps.isEmpty() && steps.get(0) instanceof Step.Member member ? member.name() : "";
    }

    EventPath tail() {
        return new EventPath(steps.subList(1, steps.size()));
    }

    /** Returns the variable of a transform that stands for this place in the payload. */
    String inPayload(List<String> below) {
        StringBuilder variable = new StringBuilder("${data");
        below.forEach(name -> append(variable, new Step.Member(name)));
        steps.forEach(step -> append(variable, step));
        return variable.append('}').toString();
    }

    private static void append(StringBuilder variable, Step step) {
        if (step instanceof Step.Element element) {
            variable.append('[').append(element.index()).append(']');
            return;
        }
        String name = ((Step.Member) step).name();
        if (UNQUOTED.matcher(name).matches()) {
            variable.append('.').append(name);
        } else {
            variable.append("['")
                    .append(name.replace("\\", "\\\\").replace("'", "\\'"))
                    .append("']");
        }
    }
}
