package dev.weft.filter;

import dev.weft.filter.TextCondition.Prefix;
import dev.weft.filter.TextCondition.Suffix;
import dev.weft.filter.TextCondition.TextIn;
import dev.weft.filter.TextCondition.Wildcard;
import dev.weft.filter.sql.Call;
import dev.weft.filter.sql.Comparison;
import dev.weft.filter.sql.In;
import dev.weft.filter.sql.Like;
import dev.weft.filter.sql.LikePattern;
import dev.weft.filter.sql.Logic;
import dev.weft.filter.sql.SqlExpression;
import dev.weft.filter.sql.SqlFunction;
import dev.weft.filter.sql.SqlNode;
import dev.weft.filter.sql.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a CESQL expression asks, as far as tests of attributes can say it, so that an index can use them.
 *
 * @param holds where the expression is true
 * @param fails where it is false; not where it has no value, as of an attribute that the event lacks
 * @param known where it is one or the other
 */
record SqlFormula(Formula holds, Formula fails, Formula known) {

    /*
     * CESQL has three outcomes, true, false and failed, and ends with the first failure. So an OR is true where its left
     * side is, or where its left side is known (then it is false) and its right side true; and so on for the others.
     * Whatever is said here is said exactly: an expression of which a part cannot be said is asked as it stands.
     */

    /** A part that would need so many more to be said exactly is not said. */
    private static final long MOST_KEPT = 256;

    /** These every event has. */
    private static final Set<String> REQUIRED = Set.of("id", "source", "specversion", "type");

    /**
     * Returns what must hold of an event so that the expression is true. Each part that AND joins must be true by
     * itself, and none of them keeps another from being true.
     *
     * @param most how many combinations the formula may have: what would make them more is asked as it stands
     */
    static Formula of(SqlExpression expression, int most) {
        SqlNode root = expression.root();
        List<Formula> parts = new ArrayList<>();
        long combinations = 1;
        for (SqlNode node : root instanceof Logic.And and ? and.parts() : List.of(root)) {
            SqlFormula exact = exact(node);
            boolean fits = exact != null && exact.holds().combinations() * combinations <= most;
            Formula part = exact != null && fits ? exact.holds() : asItStands(node);
            parts.add(part);
            combinations *= part.combinations();
        }
        return Formula.all(parts);
    }

    private static Formula asItStands(SqlNode part) {
        SqlNode node = part.type() == SqlType.BOOLEAN ? part : new Call(SqlFunction.BOOL, List.of(part));
        Formula asked = new Formula.Ask(new SqlResidual(SqlExpression.of(node)));
        Formula needed = needed(node);
        return needed == null ? asked : Formula.all(List.of(needed, asked));
    }

    private static @Nullable SqlFormula exact(SqlNode node) {
        if (node instanceof Logic.Not not) {
            SqlFormula of = exact(not.of());
            return of == null ? null : of.negated();
        }
        if (node instanceof Logic.And and) {
            List<SqlFormula> parts = exact(and.parts());
            return parts == null
                    ? null
                    : or(parts.stream().map(SqlFormula::negated).toList()).negated();
        }
        if (node instanceof Logic.Or or) {
            List<SqlFormula> parts = exact(or.parts());
            return parts == null ? null : or(parts);
        }
        if (node instanceof Logic.Xor xor) {
            List<SqlFormula> parts = exact(xor.parts());
            return parts == null || parts.size() > 2 ? null : xor(parts.get(0), parts.get(1));
        }
        if (node instanceof SqlNode.Literal literal && literal.value() instanceof Boolean holds) {
            return new SqlFormula(
                    holds ? Formula.ALWAYS : Formula.NEVER, holds ? Formula.NEVER : Formula.ALWAYS, Formula.ALWAYS);
        }
        if (node instanceof SqlNode.Exists exists) {
            Formula present = present(exists.name());
            return new SqlFormula(present, present.negated(), Formula.ALWAYS);
        }
        return test(node);
    }

    private static @Nullable List<SqlFormula> exact(List<SqlNode> nodes) {
        List<SqlFormula> all = new ArrayList<>();
        for (SqlNode node : nodes) {
            SqlFormula exact = exact(node);
            if (exact == null || exact.combinations() > MOST_KEPT) {
                return null;
            }
            all.add(exact);
        }
        return all;
    }

    private long combinations() {
        return Math.max(holds.combinations(), Math.max(fails.combinations(), known.combinations()));
    }

    private SqlFormula negated() {
        return new SqlFormula(fails, holds, known);
    }

    private static SqlFormula or(List<SqlFormula> parts) {
        List<Formula> holds = new ArrayList<>();
        List<Formula> fails = new ArrayList<>();
        Formula knownSoFar = Formula.ALWAYS;
        for (SqlFormula part : parts) {
            holds.add(Formula.all(List.of(knownSoFar, part.holds())));
            fails.add(part.fails());
            knownSoFar = Formula.all(List.of(knownSoFar, part.known()));
        }
        Formula anyHolds = Formula.any(holds);
        Formula allFail = Formula.all(fails);
        return new SqlFormula(anyHolds, allFail, Formula.any(List.of(anyHolds, allFail)));
    }

    private static SqlFormula xor(SqlFormula one, SqlFormula other) {
        return new SqlFormula(
                Formula.any(List.of(
                        Formula.all(List.of(one.holds(), other.fails())),
                        Formula.all(List.of(one.fails(), other.holds())))),
                Formula.any(List.of(
                        Formula.all(List.of(one.holds(), other.holds())),
                        Formula.all(List.of(one.fails(), other.fails())))),
                Formula.all(List.of(one.known(), other.known())));
    }

    /** Returns what a test of one attribute says; null if it is none that a condition can say. */
    private static @Nullable SqlFormula test(SqlNode node) {
        if (node instanceof Comparison comparison && comparison.operator() == Comparison.Operator.EQUAL) {
            return tested(comparison.left(), texts(List.of(comparison.right())));
        }
        if (node instanceof Comparison comparison && comparison.operator() == Comparison.Operator.NOT_EQUAL) {
            SqlFormula equal = tested(comparison.left(), texts(List.of(comparison.right())));
            return equal == null ? null : equal.negated();
        }
        if (node instanceof In in) {
            SqlFormula among = tested(in.of(), texts(in.members()));
            return among == null || !in.negated() ? among : among.negated();
        }
        if (node instanceof Like like && !like.pattern().hasSingles()) {
            SqlFormula likened = tested(like.of(), condition(like.pattern()));
            return likened == null || !like.negated() ? likened : likened.negated();
        }
        return null;
    }

    private static @Nullable SqlFormula tested(SqlNode of, @Nullable Condition asked) {
        if (!(of instanceof SqlNode.Attribute attribute) || asked == null) {
            return null;
        }
        String name = attribute.name();
        return new SqlFormula(
                new Formula.Test(name, asked),
                new Formula.Test(name, new Condition.AnythingBut(List.of(asked))),
                REQUIRED.contains(name) ? Formula.ALWAYS : present(name));
    }

    private static Formula present(String attribute) {
        return REQUIRED.contains(attribute) ? Formula.ALWAYS : new Formula.Test(attribute, new Condition.Present());
    }

    /** Attributes are text, so only literals that are text are compared with them as they stand. */
    private static @Nullable Condition texts(List<SqlNode> members) {
        Set<String> texts = new LinkedHashSet<>();
        for (SqlNode member : members) {
            if (!(member instanceof SqlNode.Literal literal) || literal.type() != SqlType.STRING) {
                return null;
            }
            texts.add((String) literal.value());
        }
        return TextIn.exactly(texts);
    }

    private static Condition condition(LikePattern pattern) {
        List<String> literals = new ArrayList<>(pattern.literals());
        if (literals.size() > 2) {
            literals.subList(1, literals.size() - 1).removeIf(String::isEmpty);
        }
        if (literals.size() == 1) {
            return TextIn.exactly(literals);
        }
        if (literals.size() == 2 && literals.get(1).isEmpty()) {
            return new Prefix(literals.get(0));
        }
        if (literals.size() == 2 && literals.get(0).isEmpty()) {
            return new Suffix(literals.get(1));
        }
        return new Wildcard(Glob.of(literals.stream()
                .map(literal -> literal.replace("\\", "\\\\").replace("*", "\\*"))
                .collect(Collectors.joining("*"))));
    }

    /** Returns what every event has of which the expression is true; null if it is nothing that a condition can say. */
    private static @Nullable Formula needed(SqlNode node) {
        if (node instanceof Like like
                && like.of() instanceof SqlNode.Attribute attribute
                && !like.negated()
                && like.pattern().hasSingles()) {
            String start = like.pattern().start();
            return start.isEmpty() ? null : new Formula.Test(attribute.name(), new Prefix(start));
        }
        return null;
    }
}
