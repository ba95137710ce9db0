package dev.weft.filter;

import dev.weft.event.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles rules into a {@link Plan}: numbers fields and tests, each once, and leaves the tree to {@link Planter}. */
final class IndexBuilder {

    private final Map<String, Integer> attributes = new LinkedHashMap<>();
    private final Map<List<String>, Integer> paths = new LinkedHashMap<>();
    private final Map<Question, FieldTest> byQuestion = new HashMap<>();
    private final List<FieldTest> tests = new ArrayList<>();
    private final List<Conjunction> conjunctions = new ArrayList<>();

    private IndexBuilder() {}

    /** What makes two tests the same. */
    private record Question(int field, Alternatives asked) {}

    static Plan plan(List<Rule> rules) {
        return new IndexBuilder().build(rules);
    }

    private Plan build(List<Rule> rules) {
        rules.forEach(this::addAttributes);
        rules.forEach(this::addPaths);
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
                List.copyOf(tests),
                List.copyOf(conjunctions),
                List.copyOf(attributes.keySet()),
                Residuals.of(conjunctions),
                PayloadFields.of(paths),
                Projection.of(rules.stream()
                        .flatMap(rule -> rule.wantedPaths().stream())
                        .toList()),
                attributes.size() + paths.size(),
                planter.branches(),
                planter.gates(),
                rules.size());
    }

    private void addAttributes(Rule rule) {
        for (Conjunction conjunction : rule.conjunctions()) {
            conjunction.attributes().forEach(test -> attributes.putIfAbsent(test.name(), attributes.size()));
        }
    }

    /** The payload's fields have the numbers behind those of the attributes. */
    private void addPaths(Rule rule) {
        for (Conjunction conjunction : rule.conjunctions()) {
            conjunction.leaves().forEach(leaf -> paths.putIfAbsent(leaf.path(), attributes.size() + paths.size()));
        }
    }

    private Candidate candidate(int rule, Conjunction conjunction) {
        conjunctions.add(conjunction);
        List<FieldTest> ofAttributes = new ArrayList<>();
        for (AttributeTest test : conjunction.attributes()) {
            ofAttributes.add(test(attributes.getOrDefault(test.name(), -1), test.alternatives()));
        }
        List<FieldTest> ofPayload = new ArrayList<>();
        for (FieldTree.Leaf leaf : conjunction.leaves()) {
            ofPayload.add(test(paths.getOrDefault(leaf.path(), -1), leaf.alternatives()));
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
