package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what an evaluation saw, alternative by alternative. */
final class Recorder implements Observer {

    private static final int SHOWN_VALUES = 5;

    private final List<Explanation.Alternative> alternatives = new ArrayList<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Map<FieldTree.Fields, Boolean> objects = new LinkedHashMap<>();

    Explanation explanation(Outcome outcome, @Nullable String damage) {
        return new Explanation(outcome, damage, alternatives);
    }

    @Override
    public boolean wantsAll() {
        return true;
    }

    @Override
    public void sawAttribute(AttributeTest test, MeshEvent event, @Nullable String seen, boolean holds) {
        Note note = note(test.name(), test.alternatives());
        if (seen != null) {
            note.add(Quoted.text(seen));
        }
        note.outcome = Outcome.of(holds);
        test.alternatives().comparisons().forEach(each -> sawOther(each, each.other(event, Surroundings.NONE)));
    }

    @Override
    public void sawLeaf(FieldTree.Leaf leaf, JsonNode seen, boolean holds, Surroundings around) {
        Note note = note(path(leaf.path()), leaf.alternatives());
        addValues(seen, note);
        note.outcome = holds ? Outcome.MATCHED : note.outcome;
        MeshEvent event = around.event();
        if (event != null) {
            leaf.alternatives().comparisons().forEach(each -> sawOther(each, each.other(event, around)));
        }
    }

    /** What a field was compared with. */
    private void sawOther(FieldComparison comparison, JsonNode other) {
        String name = FieldPath.join(comparison.path());
        Note note = notes.computeIfAbsent("field " + name, key -> new Note(name, "is compared with"));
        addValues(other, note);
        note.outcome = note.seenCount > 0 ? Outcome.MATCHED : Outcome.REFUSED;
    }

    @Override
    public void sawFields(FieldTree.Fields fields, boolean holds) {
        objects.merge(fields, holds, Boolean::logicalOr);
    }

    @Override
    public void sawNoPayload(FieldTree asked) {
        if (asked instanceof FieldTree.Leaf leaf) {
            note(path(leaf.path()), leaf.alternatives()).outcome = Outcome.UNDECIDED;
        } else {
            ((FieldTree.Fields) asked).children().forEach(this::sawNoPayload);
        }
    }

    @Override
    public void sawResidual(Residual residual, MeshEvent event, Residual.Answer answer) {
        Note note = notes.computeIfAbsent(
                residual.language() + " " + residual.text(),
                key -> new Note(residual.language(), Quoted.expression(residual.text())));
        note.add(answer.said());
        for (String name : residual.attributes()) {
            String value = event.attribute(name);
            note.add(name + " " + (value == null ? "nothing" : Quoted.text(value)));
        }
        note.outcome = answer.outcome();
    }

    @Override
    public void sawConjunction(Outcome outcome) {
        Note decider = outcome == Outcome.REFUSED ? firstRefused() : null;
        List<Explanation.Finding> findings = notes.values().stream()
                .map(note -> note.finding(note == decider))
                .toList();
        alternatives.add(new Explanation.Alternative(outcome, because(outcome, decider), findings));
        notes.clear();
        objects.clear();
    }

    private @Nullable Note firstRefused() {
        return notes.values().stream()
                .filter(note -> note.outcome == Outcome.REFUSED)
                .findFirst()
                .orElse(null);
    }

    private String because(Outcome outcome, @Nullable Note decider) {
        if (decider != null) {
            Explanation.Finding finding = decider.finding(true);
            return finding.path() + " is asked: " + finding.asked() + "; seen: " + finding.seenInWords();
        }
        return switch (outcome) {
            case MATCHED -> notes.isEmpty() ? "every event is wanted" : "all that is asked holds";
            case UNDECIDED -> "the payload cannot be read";
            case REFUSED -> noSingleObject();
        };
    }

    /** Every field holds somewhere, and yet the alternative does not: no object has all of them. */
    private String noSingleObject() {
        FieldTree.Fields innermost = objects.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        List<String> names = innermost.names().stream().map(FieldPath::escaped).toList();
        return "no single object of " + path(innermost.path()) + " has what is asked of " + String.join(", ", names);
    }

    private Note note(String path, Alternatives asked) {
        String words = asked.words();
        return notes.computeIfAbsent(path + " " + words, key -> new Note(path, words));
    }

    private static String path(List<String> names) {
        return names.isEmpty() ? "data" : "data." + FieldPath.join(names);
    }

    private static void addValues(JsonNode seen, Note note) {
        if (seen.isArray()) {
            seen.forEach(element -> addValues(element, note));
        } else if (seen.isValueNode() && !seen.isMissingNode()) {
            note.add(Quoted.value(seen));
        }
    }

    private static final class Note {
        private final String path;
        private final String asked;
        private final List<String> seen = new ArrayList<>();
        private int seenCount;
        private Outcome outcome = Outcome.REFUSED;

        Note(String path, String asked) {
            this.path = path;
            this.asked = asked;
        }

        void add(String value) {
            seenCount++;
            if (seen.size() < SHOWN_VALUES) {
                seen.add(value);
            }
        }

        Explanation.Finding finding(boolean decides) {
            return new Explanation.Finding(path, seen, seenCount, asked, outcome, decides);
        }
    }
}
