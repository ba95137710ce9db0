package dev.weft.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles rules into a {@link Plan}: numbers tests, each once, and leaves the tree to {@link Planter}. */
final class IndexBuilder {

    private final AskedFields fields;
    private final Map<Question, FieldTest> byQuestion = new HashMap<>();
    private final List<FieldTest> tests = new ArrayList<>();
    private final List<Conjunction> conjunctions = new ArrayList<>();

    private IndexBuilder(AskedFields fields) {
        this.fields = fields;
    }

    /** What makes two tests the same. */
    private record Question(int field, Alternatives asked) {}

    /** @param fields all that the rules ask about are among them */
    static Plan plan(List<Rule> rules, AskedFields fields) {
        return new IndexBuilder(fields).build(rules);
    }

    private Plan build(List<Rule> rules) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (Conjunction conjunction : rules.get(i).conjunctions()) {
                candidates.add(candidate(i, conjunction));
            }
        }
        Selectivity selectivity = Selectivity.of(tests);
        Planter planter = new Planter();
        Branch root = planter.root(
                candidates.stream().map(each -> sorted(each, selectivity)).toList());
        return new Plan(
                root,
                planter.program(),
                tests.toArray(FieldTest[]::new),
                List.copyOf(conjunctions),
                Residuals.of(conjunctions),
                planter.branches(),
                planter.gates(),
                rules.size());
    }

    private Candidate candidate(int rule, Conjunction conjunction) {
        conjunctions.add(conjunction);
        List<FieldTest> ofAttributes = new ArrayList<>();
        for (AttributeTest test : conjunction.attributes()) {
            ofAttributes.add(test(fields.ofAttribute(test.name()), test.alternatives()));
        }
        List<FieldTest> ofPayload = new ArrayList<>();
        for (FieldTree.Leaf leaf : conjunction.leaves()) {
            ofPayload.add(test(fields.ofPayload(leaf.path()), leaf.alternatives()));
        }
        return new Candidate(rule, conjunctions.size() - 1, ofAttributes, ofPayload);
    }

    private FieldTest test(int field, Alternatives asked) {
        return byQuestion.computeIfAbsent(new Question(field, asked), key -> {
            FieldTest test = new FieldTest(tests.size(), field, asked);
            tests.add(test);
            return test;
        });
    }

    /** The test that refuses most is asked first, those that take long last. */
    private static Candidate sorted(Candidate candidate, Selectivity selectivity) {
        Comparator<FieldTest> rarestFirst = Comparator.comparing(
                        (FieldTest test) -> test.asked().areCostly())
                .thenComparingDouble(selectivity::shareThatHolds);
        return new Candidate(
                candidate.rule(),
                candidate.number(),
                candidate.attributes().stream().sorted(rarestFirst).toList(),
                candidate.payload().stream().sorted(rarestFirst).toList());
    }
}
