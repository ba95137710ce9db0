package dev.weft.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked of attributes, nested as it was written: conditions and residuals under all, any and not. It turns into
 * conjunctions, so that an index can use whatever it asks.
 */
sealed interface Formula {

    /** Holds of every event. */
    Formula ALWAYS = new AllOf(List.of());

    /** Holds of no event. */
    Formula NEVER = new AnyOf(List.of());

    /** Returns the formula that holds where this one does not. */
    Formula negated();

    /** Returns how many conjunctions {@link #expanded} makes, or {@code Long.MAX_VALUE} if more than a long holds. */
    long combinations();

    /** Returns the alternatives that the formula stands for, each a list of what must hold together. */
    List<List<Formula>> expanded();

    static Formula all(List<Formula> parts) {
        List<Formula> flat = parts.stream()
                .flatMap(part -> part instanceof AllOf all ? all.parts().stream() : Stream.of(part))
                .distinct()
                .toList();
        Set<String> present = flat.stream()
                .filter(part -> part instanceof Test test && !test.isPresence() && test.impliesPresence())
                .map(part -> ((Test) part).attribute())
                .collect(Collectors.toSet());
        List<Formula> needed = flat.stream()
                .filter(part -> !(part instanceof Test test && test.isPresence() && present.contains(test.attribute())))
                .toList();
        return needed.contains(NEVER) ? NEVER : needed.size() == 1 ? needed.get(0) : new AllOf(needed);
    }

    static Formula any(List<Formula> parts) {
        List<Formula> flat = parts.stream()
                .flatMap(part -> part instanceof AnyOf any ? any.parts().stream() : Stream.of(part))
                .distinct()
                .toList();
        return flat.contains(ALWAYS) ? ALWAYS : flat.size() == 1 ? flat.get(0) : new AnyOf(flat);
    }

    /** Returns the rule that wants the events of which this holds. */
    default Rule rule() {
        List<Conjunction> conjunctions = new ArrayList<>();
        expanded().forEach(alternative -> conjunctions.add(conjunction(alternative)));
        return Rule.anyOf(conjunctions);
    }

    private static Conjunction conjunction(List<Formula> leaves) {
        Set<AttributeTest> tests = new LinkedHashSet<>();
        Set<Residual> residuals = new LinkedHashSet<>();
        // Alternatives put together may make a test of presence needless that no part of them did.
        Formula together = all(leaves);
        for (Formula leaf : together instanceof AllOf all ? all.parts() : List.of(together)) {
            if (leaf instanceof Ask ask) {
                residuals.add(ask.residual());
            } else {
                tests.add(((Test) leaf).test());
            }
        }
        return new Conjunction(List.copyOf(tests), null, List.of(), List.copyOf(residuals));
    }

    /**
     * One attribute is one of several things.
     *
     * @param asked at least one condition, or the opposite of exactly one
     * @param opposite whether everything else is meant, and an attribute that is missing
     */
    record Test(String attribute, List<Condition> asked, boolean opposite) implements Formula {

        public Test {
            asked = List.copyOf(asked);
        }

        Test(String attribute, Condition asked) {
            this(attribute, List.of(asked), false);
        }

        @Override
        public Formula negated() {
            return asked.size() == 1
                    ? new Test(attribute, asked, !opposite)
                    : all(asked.stream()
                            .map(each -> new Test(attribute, each).negated())
                            .toList());
        }

        @Override
        public long combinations() {
            return 1;
        }

        @Override
        public List<List<Formula>> expanded() {
            return List.of(List.of(this));
        }

        AttributeTest test() {
            return new AttributeTest(attribute, new Alternatives(accepted()));
        }

        private List<Condition> accepted() {
            if (!opposite) {
                return asked;
            }
            Condition only = asked.get(0);
            if (only instanceof Condition.Present) {
                return List.of(new Condition.Absent());
            }
            return only instanceof Condition.Absent
                    ? List.of(new Condition.Present())
                    : List.of(new Condition.Absent(), new Condition.AnythingBut(List.of(only)));
        }

        /** Returns whether any value will do. */
        boolean isPresence() {
            return !opposite && asked.size() == 1 && asked.get(0) instanceof Condition.Present;
        }

        /** Returns whether the attribute must be there, whatever else it must be. */
        boolean impliesPresence() {
            return !opposite && asked.stream().noneMatch(Condition.Absent.class::isInstance);
        }

        /** Returns a test that holds where one of these does; all are of one attribute. */
        private static Test any(List<Test> tests) {
            if (tests.size() == 1) {
                return tests.get(0);
            }
            Set<String> texts = new LinkedHashSet<>();
            Set<Condition> others = new LinkedHashSet<>();
            for (Test test : tests) {
                for (Condition condition : test.accepted()) {
                    if (condition instanceof TextCondition.TextIn literals
                            && literals.addresses().isEmpty()) {
                        texts.addAll(literals.texts());
                    } else {
                        others.add(condition);
                    }
                }
            }
            List<Condition> all = new ArrayList<>(others);
            if (!texts.isEmpty()) {
                all.add(0, TextCondition.TextIn.exactly(texts));
            }
            return new Test(tests.get(0).attribute(), all, false);
        }
    }

    /** A residual is true. */
    record Ask(Residual residual) implements Formula {

        @Override
        public Formula negated() {
            return new Ask(residual instanceof Negation negation ? negation.of() : new Negation(residual));
        }

        @Override
        public long combinations() {
            return 1;
        }

        @Override
        public List<List<Formula>> expanded() {
            return List.of(List.of(this));
        }
    }

    /** All must hold. */
    record AllOf(List<Formula> parts) implements Formula {

        @Override
        public Formula negated() {
            return any(parts.stream().map(Formula::negated).toList());
        }

        @Override
        public long combinations() {
            long product = 1;
            for (Formula part : parts) {
                long factor = part.combinations();
                product = factor != 0 && product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
            }
            return product;
        }

        @Override
        public List<List<Formula>> expanded() {
            List<List<Formula>> all = List.of(List.of());
            for (Formula part : parts) {
                List<List<Formula>> longer = new ArrayList<>();
                List<List<Formula>> ends = part.expanded();
                for (List<Formula> start : all) {
                    for (List<Formula> end : ends) {
                        List<Formula> both = new ArrayList<>(start);
                        both.addAll(end);
                        longer.add(both);
                    }
                }
                all = longer;
            }
            return all;
        }
    }

    /** One must hold. */
    record AnyOf(List<Formula> parts) implements Formula {

        @Override
        public Formula negated() {
            return all(parts.stream().map(Formula::negated).toList());
        }

        @Override
        public long combinations() {
            long sum = 0;
            for (Formula part : merged()) {
                long term = part.combinations();
                sum = sum > Long.MAX_VALUE - term ? Long.MAX_VALUE : sum + term;
            }
            return sum;
        }

        @Override
        public List<List<Formula>> expanded() {
            return merged().stream().flatMap(part -> part.expanded().stream()).toList();
        }

        /** Several things that one attribute may be are one test of it, not several alternatives. */
        private List<Formula> merged() {
            Map<String, List<Test>> byAttribute = new LinkedHashMap<>();
            List<Formula> others = new ArrayList<>();
            for (Formula part : parts) {
                if (part instanceof Test test) {
                    byAttribute
                            .computeIfAbsent(test.attribute(), name -> new ArrayList<>())
                            .add(test);
                } else {
                    others.add(part);
                }
            }
            List<Formula> merged = new ArrayList<>();
            byAttribute.values().forEach(tests -> merged.add(Test.any(tests)));
            merged.addAll(others);
            return merged;
        }
    }
}
