package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction's own tests once more, where some compare fields with each other: a test of one field alone holds of
 * every value then, and this decides. Stands in no text of a rule, which says the same by the tests.
 *
 * @param part what is asked, without residuals: attributes, or the payload
 */
record ComparedFields(Conjunction part) implements Residual {

    /** Returns what is to be asked besides these tests, each of which was read without regard to the others. */
    static List<Residual> of(List<AttributeTest> attributes, @Nullable FieldTree payload, List<FieldTree.Leaf> wholes) {
        List<Residual> residuals = new ArrayList<>();
        List<AttributeTest> comparing = attributes.stream()
                .filter(test -> !test.alternatives().comparisons().isEmpty())
                .toList();
        if (!comparing.isEmpty()) {
            residuals.add(new ComparedFields(new Conjunction(comparing, null, List.of(), List.of())));
        }
        Conjunction ofPayload = new Conjunction(List.of(), payload, wholes, List.of());
        if (ofPayload.leaves().stream()
                .anyMatch(leaf -> !leaf.alternatives().comparisons().isEmpty())) {
            residuals.add(new ComparedFields(ofPayload));
        }
        return residuals;
    }

    @Override
    public String language() {
        return "field";
    }

    @Override
    public String text() {
        return part.pattern().toString();
    }

    @Override
    public List<List<String>> wantedPaths() {
        return part.leaves().stream()
                .flatMap(leaf -> Stream.concat(
                        Stream.of(leaf.path()),
                        leaf.alternatives().comparisons().stream()
                                .filter(FieldComparison::isWithPayload)
                                .map(FieldComparison::payloadPath)))
                .toList();
    }

    @Override
    public List<String> attributes() {
        return part.attributes().stream().map(AttributeTest::name).toList();
    }

    @Override
    public Answer answer(MeshEvent event, @Nullable JsonNode root) {
        return switch (part.outcome(event, root, Observer.NONE)) {
            case MATCHED -> Answer.TRUE;
            case REFUSED -> Answer.FALSE;
            case UNDECIDED -> Answer.UNREADABLE;
        };
    }

    /** Says which of the tests fails, as an explanation does, and not that some test does. */
    @Override
    public String because(MeshEvent event, @Nullable JsonNode root, Answer answer) {
        Recorder recorder = new Recorder();
        Outcome outcome = part.outcome(event, root, recorder);
        recorder.sawConjunction(outcome);
        return recorder.explanation(outcome, null).alternatives().get(0).because();
    }
}
