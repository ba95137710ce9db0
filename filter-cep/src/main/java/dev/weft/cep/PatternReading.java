package dev.weft.cep;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.Pattern.Limits;
import dev.weft.cep.Pattern.Limits.Overflow;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.emit.EmitTemplate;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.Rule;
import dev.weft.filter.SelectionReader;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import dev.weft.filter.cel.Scope.Kind;
import dev.weft.route.transform.EventValue;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one pattern. Used once. */
final class PatternReading {

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(366);

    private static final java.util.regex.Pattern ID = java.util.regex.Pattern.compile("[a-z0-9-]{1,100}");
    private static final String VALUES = "the values that events of one sequence have in common, such as data.user";
    private static final String WITHIN =
            "how long a whole match may take, such as 15m: without it nothing is forgotten";
    private static final int MOST_VERSIONS = Integer.MAX_VALUE;
    private static final int MOST_PARTIALS = 1_000_000;
    private static final int USUAL_PARTIALS = 1_000;

    private final Fields fields;
    private final Problems problems;

    PatternReading(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    Optional<Pattern> read() {
        int before = problems.count();
        Optional<String> id = fields.required("id")
                .parsed(
                        "a name of lower-case letters, digits and hyphens",
                        text -> Optional.of(text).filter(it -> ID.matcher(it).matches()));
        int version = fields.optional("version").integer(1, MOST_VERSIONS).orElse(1);
        boolean enabled = fields.optional("enabled").flag().orElse(true);
        List<String> from = channels("from");
        List<String> to = channels("to");
        Optional<Rule> events = selection("events");
        List<EventValue> partitionBy = partitionBy(fields.required("partitionBy"));
        if (!fields.has("within")) {
            fields.required("within").node(WITHIN);
        }
        Optional<Duration> within = fields.optional("within").duration(SHORTEST, LONGEST);
        Optional<Rule> until = selection("until");
        SequenceReading reading = new SequenceReading(events.isPresent(), within.orElse(LONGEST), problems);
        List<Part> sequence =
                fields.required("sequence").items("a step").map(reading::read).orElse(List.of());
        if (reading.steps() > Pattern.MOST_STEPS) {
            problems.add(
                    fields.keyAt("sequence"),
                    fields.path("sequence"),
                    reading.steps() + " steps",
                    "at most " + Pattern.MOST_STEPS);
        }
        Scope scope = reading.scope();
        Optional<CelExpression> having = fields.optional("having")
                .node("a CEL expression")
                .flatMap(at -> CelExpression.condition(at, PatternScope.ofSteps(scope), problems));
        AfterMatch afterMatch = new AfterMatchReading(sequence, problems).read(fields.optional("afterMatch"));
        Emission emission = Choices.read(fields.optional("emission"), Emission.class, problems)
                .orElse(Emission.EAGER);
        Optional<EmitTemplate> emit = emit(scope, reading.endsAbsent());
        Optional<EmitTemplate> onTimeout = onTimeout(reading.timeoutScope());
        OnUpdate onUpdate = Choices.read(fields.optional("onUpdate"), OnUpdate.class, problems)
                .orElse(reading.endsAbsent() ? OnUpdate.DRAIN : OnUpdate.DROP);
        int counted = counted(sequence);
        Limits limits = fields.optional("limits")
                .fields()
                .map(it -> limits(it, counted))
                .orElse(new Limits(Math.max(USUAL_PARTIALS, counted), Overflow.DROP_OLDEST));
        fields.close();
        if (problems.count() > before) {
            return Optional.empty();
        }
        Pattern pattern = new Pattern(
                id.orElseThrow(),
                NodeJson.of(fields.node()).toString(),
                version,
                enabled,
                from,
                to,
                events.orElse(null),
                partitionBy,
                within.orElseThrow(),
                until.orElse(null),
                sequence,
                having.orElse(null),
                afterMatch,
                emission,
                emit.orElse(null),
                onTimeout.orElse(null),
                onUpdate,
                limits);
        new WholeChecks(pattern, fields, problems).check();
        return problems.count() > before ? Optional.empty() : Optional.of(pattern);
    }

    private List<String> channels(String key) {
        return fields.optional(key)
                .texts("the name of a channel")
                .map(names -> names.stream().map(Scalar::text).toList())
                .orElse(List.of());
    }

    private Optional<Rule> selection(String key) {
        return fields.optional(key).fields().map(selection -> {
            Rule rule = SelectionReader.readRequired(selection, problems);
            selection.close();
            return rule;
        });
    }

    private List<EventValue> partitionBy(Field field) {
        return field.node(VALUES)
                .map(at -> {
                    Set<EventValue> values = new LinkedHashSet<>();
                    List<Node> items = at instanceof Sequence list ? list.items() : List.of(at);
                    if (items.isEmpty()) {
                        problems.add(at, at.described(), VALUES);
                    }
                    for (Node item : items) {
                        EventValue.parse(item, problems)
                                .filter(value -> !values.add(value))
                                .ifPresent(
                                        twice -> problems.add(item, item.described() + " a second time", "each once"));
                    }
                    return List.copyOf(values);
                })
                .orElse(List.of());
    }

    private Optional<EmitTemplate> emit(Scope scope, boolean endsAbsent) {
        Field field = fields.required("emit");
        Optional<Node> at = field.node("the event that a match becomes, or none");
        if (at.isPresent() && at.get() instanceof Scalar scalar && "none".equals(scalar.value())) {
            if (!fields.has("onTimeout")) {
                problems.add(
                        scalar, "none without onTimeout", "an event, or onTimeout beside it: nothing would be told");
            }
            return Optional.empty();
        }
        Scope whole = PatternScope.ofMatch(scope);
        Scope told = endsAbsent ? whole.withValue("deadline", Kind.TIMESTAMP) : whole;
        return at.flatMap(node -> EmitTemplate.read(Fields.of(node, problems), told, problems));
    }

    private Optional<EmitTemplate> onTimeout(Scope scope) {
        return fields.optional("onTimeout").fields().flatMap(timeout -> {
            Optional<EmitTemplate> emit =
                    timeout.required("emit").fields().flatMap(it -> EmitTemplate.read(it, scope, problems));
            timeout.close();
            return emit;
        });
    }

    /**
     * Returns how many partial matches there are at least while a match comes about: its first step begins one each.
     */
    private static int counted(List<Part> sequence) {
        return sequence.stream()
                .flatMap(Part::steps)
                .filter(step -> !step.absent())
                .findFirst()
                .map(step -> step.times().least() - 1)
                .orElse(0);
    }

    private Limits limits(Fields limits, int counted) {
        int partials =
                limits.optional("partialsPerKey").integer(1, MOST_PARTIALS).orElse(Math.max(USUAL_PARTIALS, counted));
        Overflow overflow = Choices.read(limits.optional("overflow"), Overflow.class, problems)
                .orElse(Overflow.DROP_OLDEST);
        if (overflow == Overflow.DROP_OLDEST && partials < counted) {
            problems.add(
                    limits.keyAt("partialsPerKey"),
                    limits.path("partialsPerKey"),
                    partials + ", of which the oldest goes before the first step has its " + (counted + 1) + " events",
                    "at least " + counted + ", or overflow: dropNew");
        }
        limits.close();
        return new Limits(partials, overflow);
    }

    static String quoted(Step step) {
        return "\"" + step.name() + "\"";
    }
}
