package dev.weft.filter;

/** About how much memory rules keep: exact of their texts, and of the trees around those as they mostly are. */
final class RuleFootprint {

    /** A condition's record with the record around its literal, or the set of its literals. */
    private static final int CONDITION = 40;

    private static final int TEST = 24;
    private static final int CONJUNCTION = 16;

    private RuleFootprint() {}

    static void add(Rule rule, Footprint to) {
        to.object(8).text(rule.toString()).list(rule.conjunctions());
        rule.conjunctions().forEach(each -> add(each, to));
    }

    private static void add(Conjunction conjunction, Footprint to) {
        to.object(CONJUNCTION).list(conjunction.attributes());
        for (AttributeTest test : conjunction.attributes()) {
            to.object(TEST).text(test.name());
            add(test.alternatives(), to);
        }
        for (FieldTree.Leaf leaf : conjunction.leaves()) {
            to.object(TEST).list(leaf.path()).object(TEST).list(leaf.path());
            leaf.path().forEach(to::text);
            add(leaf.alternatives(), to);
        }
        for (Residual residual : conjunction.residuals()) {
            to.object(TEST).text(residual.text()).text(residual.text());
        }
    }

    /** The literals are in the words that name them, about as long. */
    private static void add(Alternatives asked, Footprint to) {
        to.object(4).list(asked.anyOf());
        for (Condition condition : asked.anyOf()) {
            to.object(CONDITION).text(condition.words());
        }
    }
}
