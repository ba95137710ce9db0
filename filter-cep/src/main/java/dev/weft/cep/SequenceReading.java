package dev.weft.cep;

import static dev.weft.cep.PatternReading.LONGEST;
import static dev.weft.cep.PatternReading.SHORTEST;

import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.Pattern.Times;
import dev.weft.config.DurationText;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.Rule;
import dev.weft.filter.SelectionReader;
import dev.weft.filter.cel.Scope;
import dev.weft.filter.cel.Scope.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps of one pattern, and keeps what a later step can say of them. Used once. */
final class SequenceReading {

    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
    private static final String NAMED = "a name of letters, digits and _ that starts with a letter";
    private static final String TAKEN = "which events the step takes, or events in the pattern";
    private static final String ENDING = "which events end the step";

    private final boolean hasEvents;
    private final Duration whole;
    private final Problems problems;
    private final StepChecks checks;
    private final Set<String> names = new LinkedHashSet<>();
    private Scope scope = PatternScope.start();
    private Scope timeouts = PatternScope.start();
    private boolean endsAbsent;

    /** How often the groups around are taken at most, and whether they may be left out. */
    private int rounds = 1;

    private boolean optional;

    SequenceReading(boolean hasEvents, Duration whole, Problems problems) {
        this.hasEvents = hasEvents;
        this.whole = whole;
        this.problems = problems;
        this.checks = new StepChecks(hasEvents, problems);
    }

    List<Part> read(List<Node> nodes) {
        hideAll(nodes);
        int before = problems.count();
        List<StepChecks.Written> parts = parts(nodes);
        if (problems.count() == before) {
            checks.check(parts);
        }
        endsAbsent = !parts.isEmpty() && parts.get(parts.size() - 1).part() instanceof Step last && last.absent();
        return parts.stream().map(StepChecks.Written::part).toList();
    }

    /** Returns how many steps there are. */
    int steps() {
        return names.size();
    }

    /** Returns what can be said of a finished match. */
    Scope scope() {
        return scope;
    }

    /** Returns what can be said of a partial match whose time is over. */
    Scope timeoutScope() {
        return PatternScope.ofTimeout(timeouts);
    }

    /** Returns whether a match is complete when its time is over. */
    boolean endsAbsent() {
        return endsAbsent;
    }

    private void hideAll(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Mapping mapping) {
                if (mapping.get("step") instanceof Scalar name) {
                    scope = scope.without(name.text(), "a step that comes later");
                }
                if (mapping.get("group") instanceof Mapping group && group.get("sequence") instanceof Sequence inner) {
                    hideAll(inner.items());
                }
            }
        }
    }

    private List<StepChecks.Written> parts(List<Node> nodes) {
        List<StepChecks.Written> parts = new ArrayList<>();
        for (Node node : nodes) {
            Fields fields = Fields.of(node, problems);
            int before = problems.count();
            if (!fields.has("group")) {
                Optional<Step> step = step(fields);
                fields.close();
                step.filter(it -> problems.count() == before)
                        .ifPresent(it -> parts.add(new StepChecks.Written(it, fields, List.of())));
            } else {
                group(fields).ifPresent(parts::add);
                fields.close();
            }
        }
        return parts;
    }

    private Optional<StepChecks.Written> group(Fields outer) {
        if (outer.has("step")) {
            outer.optional("step");
            problems.add(outer.keyAt("group"), outer.path("group"), "group beside step", "one of them");
        }
        return outer.optional("group").fields().flatMap(fields -> {
            Contiguity contiguity = contiguity(fields);
            Optional<TimesText> times = times(fields);
            boolean optionalGroup = fields.optional("optional").flag().orElse(false)
                    || times.map(TimesText::optional).orElse(false);
            if (fields.has("within")) {
                fields.optional("within");
                problems.add(
                        fields.keyAt("within"),
                        fields.path("within"),
                        "within of a group",
                        "within of the pattern, or of steps outside of groups");
            }
            boolean outerOptional = optional;
            int outerRounds = rounds;
            optional |= optionalGroup;
            rounds = times(rounds, times.map(it -> it.times().most()).orElse(1));
            List<StepChecks.Written> inner =
                    fields.required("sequence").items("a step").map(this::parts).orElse(List.of());
            optional = outerOptional;
            rounds = outerRounds;
            fields.close();
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            List<Part> parts = inner.stream().map(StepChecks.Written::part).toList();
            Group group =
                    new Group(parts, contiguity, times.map(TimesText::times).orElse(Times.ONCE), optionalGroup);
            return Optional.of(new StepChecks.Written(group, fields, inner));
        });
    }

    private Optional<Step> step(Fields fields) {
        Optional<String> name = name(fields);
        boolean absent = fields.optional("absent").flag().orElse(false);
        Optional<TimesText> written = times(fields);
        Times times = written.map(TimesText::times).orElse(Times.ONCE);
        boolean mayMiss = fields.optional("optional").flag().orElse(false)
                || written.map(TimesText::optional).orElse(false);
        Contiguity contiguity = contiguity(fields);
        Optional<Repeat> repeat = Choices.read(fields.optional("repeat"), Repeat.class, problems);
        boolean greedy = fields.optional("greedy").flag().orElse(false);
        Optional<Duration> within = fields.optional("within").duration(SHORTEST, LONGEST);
        within.filter(it -> it.compareTo(whole) > 0)
                .ifPresent(it -> problems.add(
                        fields.keyAt("within"),
                        fields.path("within"),
                        DurationText.of(it),
                        "at most " + DurationText.of(whole) + ", which is within of the whole pattern"));
        Scope own = name.map(it -> own(it, absent, times)).orElse(scope);
        Optional<Condition> condition = condition(fields, own, hasEvents ? null : TAKEN);
        Optional<Condition> until = fields.optional("until").fields().flatMap(selection -> {
            Optional<Condition> read = condition(selection, own, ENDING);
            selection.close();
            return read;
        });
        name.ifPresent(it -> learn(it, absent, times, mayMiss));
        return name.flatMap(it -> condition.map(wanted -> new Step(
                it,
                wanted,
                contiguity,
                absent,
                times,
                repeat.orElse(Repeat.RELAXED),
                mayMiss,
                greedy,
                until.orElse(null),
                within.orElse(null))));
    }

    private Optional<String> name(Fields fields) {
        Optional<String> name = fields.required("step")
                .parsed(
                        NAMED,
                        text -> Optional.of(text).filter(it -> NAME.matcher(it).matches()));
        if (name.isPresent() && PatternScope.isReserved(name.get())) {
            problems.add(
                    fields.keyAt("step"),
                    fields.path("step"),
                    "\"" + name.get() + "\", which has a meaning of its own in expressions",
                    "another name");
            return Optional.empty();
        }
        if (name.isPresent() && !names.add(name.get())) {
            problems.add(
                    fields.keyAt("step"),
                    fields.path("step"),
                    "a second step \"" + name.get() + "\"",
                    "a name of its own");
            return Optional.empty();
        }
        return name;
    }

    /** Returns what a step can name: a step that takes several events can name those that it has. */
    private Scope own(String name, boolean absent, Times times) {
        return !absent && !times.isOnce()
                ? scope.withStep(name, 0, times(rounds, times.most()))
                : scope.without(name, "the step itself");
    }

    private void learn(String name, boolean absent, Times times, boolean mayMiss) {
        if (absent) {
            scope = scope.without(name, "a step that must be absent");
            timeouts = timeouts.without(name, "a step that must be absent");
            return;
        }
        int most = times(rounds, times.most());
        scope = scope.withStep(name, mayMiss || optional ? 0 : times.least(), most)
                .withValue("prev", Kind.EVENT);
        timeouts = timeouts.withStep(name, 0, most);
    }

    private static int times(int one, int other) {
        return (int) Math.min((long) one * other, Times.UNBOUNDED);
    }

    /** Reads a condition; {@code required} says what it is if there must be one. */
    private Optional<Condition> condition(Fields fields, Scope named, @Nullable String required) {
        int before = problems.count();
        if (required != null && SelectionReader.KEYS.stream().noneMatch(fields::has)) {
            fields.required(SelectionReader.KEYS.get(0)).node(required);
        }
        CorrelatedReading when = new CorrelatedReading(named, problems);
        Rule constant = SelectionReader.read(fields, problems, when::read);
        if (problems.count() == before) {
            when.refuseNever(fields, constant);
        }
        return problems.count() > before ? Optional.empty() : Optional.of(new Condition(constant, when.correlated()));
    }

    private Contiguity contiguity(Fields fields) {
        return Choices.read(fields.optional("contiguity"), Contiguity.class, problems)
                .orElse(Contiguity.FOLLOWED_BY);
    }

    private Optional<TimesText> times(Fields fields) {
        return fields.optional("times").node(TimesText.EXPECTED).flatMap(at -> TimesText.read(at, problems));
    }
}
