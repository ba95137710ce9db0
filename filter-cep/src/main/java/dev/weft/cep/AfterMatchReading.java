package dev.weft.cep;

import static dev.weft.cep.PatternReading.quoted;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.AfterMatch.Kind;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Step;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what becomes of other partial matches after a match. */
final class AfterMatchReading {

    private static final AfterMatch USUAL = new AfterMatch(Kind.SKIP_PAST_LAST, null);
    private static final Map<String, Kind> PLAIN =
            Map.of("noSkip", Kind.NO_SKIP, "skipToNext", Kind.SKIP_TO_NEXT, "skipPastLast", Kind.SKIP_PAST_LAST);
    private static final String EXPECTED =
            "noSkip, skipToNext, skipPastLast, {skipToFirst: a step} or {skipToLast: a step}";

    private final List<Part> sequence;
    private final List<Step> steps;
    private final Problems problems;

    AfterMatchReading(List<Part> sequence, Problems problems) {
        this.sequence = sequence;
        this.steps = sequence.stream().flatMap(Part::steps).toList();
        this.problems = problems;
    }

    AfterMatch read(Field field) {
        return field.node(EXPECTED).flatMap(this::one).orElse(USUAL);
    }

    private Optional<AfterMatch> one(Node at) {
        if (at instanceof Mapping) {
            return ofStep(Fields.of(at, problems));
        }
        if (at instanceof Scalar scalar && scalar.value() instanceof String text) {
            Kind kind = PLAIN.get(text);
            if (kind != null) {
                return Optional.of(new AfterMatch(kind, null));
            }
            problems.add(new Problem(at.at(), at.path(), at.described(), EXPECTED, Nearest.to(text, PLAIN.keySet())));
            return Optional.empty();
        }
        problems.add(at, at.described(), EXPECTED);
        return Optional.empty();
    }

    private Optional<AfterMatch> ofStep(Fields fields) {
        boolean first = fields.has("skipToFirst") || !fields.has("skipToLast");
        String key = first ? "skipToFirst" : "skipToLast";
        Optional<Node> at = fields.optional(key).node("the name of a step");
        if (!fields.has(key)) {
            problems.add(fields.node(), fields.node().described(), EXPECTED);
        }
        fields.optional("skipToFirst");
        fields.optional("skipToLast");
        if (fields.has("skipToFirst") && fields.has("skipToLast")) {
            problems.add(
                    fields.keyAt("skipToLast"),
                    fields.path("skipToLast"),
                    "skipToLast beside skipToFirst",
                    "one of them");
        }
        fields.close();
        return at.flatMap(node -> ofStep(node, first ? Kind.SKIP_TO_FIRST : Kind.SKIP_TO_LAST));
    }

    private Optional<AfterMatch> ofStep(Node at, Kind kind) {
        List<String> taken =
                steps.stream().filter(step -> !step.absent()).map(Step::name).toList();
        String name = at instanceof Scalar scalar && scalar.value() instanceof String text ? text : "";
        Optional<Step> step =
                steps.stream().filter(it -> it.name().equals(name)).findFirst();
        if (step.isEmpty()) {
            problems.add(new Problem(
                    at.at(), at.path(), "no step: " + at.described(), Nearest.list(taken), Nearest.to(name, taken)));
        } else if (step.get().absent() || isOptional(step.get())) {
            problems.add(
                    at,
                    "the step " + quoted(step.get()) + ", of which a match may have no event",
                    "a step that every match has");
        } else if (!taken.isEmpty() && name.equals(taken.get(0)) && !isLaterEvent(step.get(), kind)) {
            problems.add(at, "the step " + quoted(step.get()) + ", with which the match began", "skipToNext");
        } else {
            return Optional.of(new AfterMatch(kind, name));
        }
        return Optional.empty();
    }

    private static boolean isLaterEvent(Step step, Kind kind) {
        return kind == Kind.SKIP_TO_LAST && step.times().least() > 1;
    }

    private boolean isOptional(Step step) {
        return sequence.stream().anyMatch(part -> isOptional(step, part));
    }

    private static boolean isOptional(Step step, Part part) {
        return part.steps().anyMatch(step::equals)
                && (part.optional()
                        || part instanceof Group group
                                && group.sequence().stream().anyMatch(inner -> isOptional(step, inner)));
    }
}
