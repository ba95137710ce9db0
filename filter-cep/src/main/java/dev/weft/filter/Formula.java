package dev.weft.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return flat.contains(NEVER) ? NEVER : flat.size() == 1 ? flat.get(0) : new AllOf(flat);
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
        Set<String> present = new LinkedHashSet<>();
        Set<AttributeTest> tests = new LinkedHashSet<>();
        Set<Residual> residuals = new LinkedHashSet<>();
        for (Formula leaf : leaves) {
            if (leaf instanceof Ask ask) {
                residuals.add(ask.residual());
            } else {
                AttributeTest test = ((Test) leaf).test();
                tests.add(test);
                if (!test.isPresence() && !test.alternatives().acceptAbsence()) {
                    present.add(test.name());
                }
            }
        }
        tests.removeIf(test -> test.isPresence() && present.contains(test.name()));
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

        /** Returns a test that holds where this one or the other does; both are of the same attribute. */
        private Test or(Test other) {
            Set<String> texts = new LinkedHashSet<>();
            Set<Condition> conditions = new LinkedHashSet<>();
            for (Condition condition : Stream.of(accepted(), other.accepted())
                    .flatMap(List::stream)
                    .toList()) {
                if (condition instanceof TextCondition.TextIn literals
                        && literals.addresses().isEmpty()) {
                    texts.addAll(literals.texts());
                } else {
                    conditions.add(condition);
                }
            }
            List<Condition> both = new ArrayList<>();
            if (!texts.isEmpty()) {
                both.add(TextCondition.TextIn.exactly(texts));
            }
            both.addAll(conditions);
            return new Test(attribute, both, false);
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
            Map<String, Test> byAttribute = new LinkedHashMap<>();
            List<Formula> others = new ArrayList<>();
            for (Formula part : parts) {
                if (part instanceof Test test) {
                    byAttribute.merge(test.attribute(), test, Test::or);
                } else {
                    others.add(part);
                }
            }
            List<Formula> merged = new ArrayList<>(byAttribute.values());
            merged.addAll(others);
            return merged;
        }
    }
}
