package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;

/**
 * The library's expressions and functions, each step of which is counted.
 *
 * <p>jackson-jq has no notion of cost. So each expression of a parsed tree is wrapped into one that counts itself and
 * whatever it emits, and weighs what it made. The functions are counted, too, since some of them emit without end. The
 * count belongs to the thread that evaluates: the bodies of functions have a scope of their own, from which that of the
 * evaluation cannot be seen.
 */
final class Metered {

    private static final ThreadLocal<Meter> METER = new ThreadLocal<>();

    /** No array is filled up with nulls further than this. */
    private static final int HIGHEST_INDEX = 1_000_000;

    /** How many values may be sought in another array as one sequence. */
    private static final int LONGEST_SOUGHT = 100;

    /** Text is looked through faster than arrays are. */
    private static final double CHARACTERS_A_VISIT = 8;

    private Metered() {}

    /** Something the library does. */
    interface Work {
        void run() throws JsonQueryException;
    }

    /** Does work on account of {@code meter}. */
    static void charge(Meter meter, Work work) throws JsonQueryException {
        Meter before = METER.get();
        METER.set(meter);
        try {
            work.run();
        } finally {
            if (before == null) {
                METER.remove();
            } else {
                METER.set(before);
            }
        }
    }

    /** Returns the meter of the evaluation under way. */
    static Meter meter() {
        return METER.get();
    }

    /** Returns a tree of which every step is counted; takes the given one apart. */
    static Expression expression(Expression expression) {
        return SyntaxTree.replaced(expression, Metered::wrapped);
    }

    /** Returns a function each of whose results is counted. */
    static Function function(Function function) {
        return (scope, args, in, path, output, version) -> {
            METER.get().visit();
            PathOutput counted = function instanceof JsonQueryFunction ? counting(output) : weighing(output);
            function.apply(scope, args, in, path, counted, version);
        };
    }

    /** Returns a function whose arguments are paths: of bounded reach. */
    static Function ofPaths(Function function) {
        return new WithArguments(function) {
            @Override
            void check(JsonNode in, JsonNode argument) throws JsonQueryException {
                for (JsonNode key : argument) {
                    checkIndex(key);
                }
            }
        };
    }

    /** Returns a function that compares each part of its input with each of its argument. */
    static Function ofPairs(Function function) {
        return new WithArguments(function) {
            @Override
            void check(JsonNode in, JsonNode argument) {
                METER.get().announce((long) (size(in) * size(argument)));
            }

            private double size(JsonNode node) {
                return node.isTextual() ? node.textValue().length() / CHARACTERS_A_VISIT : node.size() + 1.0;
            }
        };
    }

    private static Expression wrapped(Expression expression) {
        if (expression instanceof ValueLiteral || expression instanceof ThisObject) {
            return expression;
        }
        SyntaxTree.replaceOwn(expression, BinaryOperator.class, Operation::new);
        if (expression instanceof BracketFieldAccess access) {
            SyntaxTree.replaceOwn(access, "startExpr", Index::new);
        }
        if (expression instanceof FieldAccess access) {
            return new Access(access);
        }
        return new Step(expression);
    }

    private static PathOutput counting(PathOutput output) {
        return (out, path) -> {
            METER.get().visit();
            output.emit(out, path);
        };
    }

    private static PathOutput weighing(PathOutput output) {
        return (out, path) -> {
            Meter meter = METER.get();
            meter.visit();
            meter.checkSize(out);
            output.emit(out, path);
        };
    }

    private static void checkIndex(JsonNode index) throws JsonQueryException {
        if (index.isNumber() && Math.abs(index.asDouble()) > HIGHEST_INDEX) {
            throw new JsonQueryException("the index " + index + " is beyond " + HIGHEST_INDEX);
        }
    }

    /** An index; if it is an array, it is sought in another, which takes long if both are. */
    private record Index(Expression expression) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            expression.apply(
                    scope,
                    in,
                    path,
                    (out, at) -> {
                        if (out.isArray() && out.size() > LONGEST_SOUGHT) {
                            throw new JsonQueryException(
                                    "an array of more than " + LONGEST_SOUGHT + " values is sought in another");
                        }
                        output.emit(out, at);
                    },
                    requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /** An expression that counts, and weighs what it makes. */
    private record Step(Expression expression, boolean makes) implements Expression {

        Step(Expression expression) {
            this(
                    expression,
                    expression instanceof ArrayConstruction
                            || expression instanceof ObjectConstruction
                            || expression instanceof StringInterpolation
                            || expression instanceof BinaryOperatorExpression);
        }

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            METER.get().visit();
            expression.apply(scope, in, path, makes ? weighing(output) : counting(output), requirePath);
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /** A look into a value, which makes none. */
    private record Access(FieldAccess access) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            METER.get().visit();
            access.apply(
                    scope,
                    in,
                    path,
                    (out, at) -> {
                        METER.get().visit();
                        if (at instanceof ArrayIndexPath index) {
                            checkIndex(index.index);
                        }
                        output.emit(out, at);
                    },
                    requirePath);
        }

        @Override
        public String toString() {
            return access.toString();
        }
    }

    /** An operator that is not asked for more than there is room for. */
    private record Operation(BinaryOperator operator) implements BinaryOperator {

        @Override
        public JsonNode apply(ObjectMapper mapper, JsonNode lhs, JsonNode rhs) throws JsonQueryException {
            if (operator instanceof MultiplyOperator && lhs.isTextual() != rhs.isTextual()) {
                String text = lhs.isTextual() ? lhs.textValue() : rhs.textValue();
                double times = lhs.isTextual() ? rhs.asDouble() : lhs.asDouble();
                // The empty text takes its time, too.
                METER.get().checkLength((long) (Math.max(1, text.length()) * times));
            }
            return operator.apply(mapper, lhs, rhs);
        }

        @Override
        public String image() {
            return operator.image();
        }
    }

    /** A function that looks at its arguments first. */
    private abstract static class WithArguments implements Function {

        private final Function function;

        WithArguments(Function function) {
            this.function = function;
        }

        abstract void check(JsonNode in, JsonNode argument) throws JsonQueryException;

        @Override
        public void apply(
                Scope scope, List<Expression> args, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            List<Expression> checked =
                    args.stream().map(argument -> checked(in, argument)).toList();
            function.apply(scope, checked, in, path, output, version);
        }

        private Expression checked(JsonNode whole, Expression argument) {
            return (scope, in, path, output, requirePath) -> argument.apply(
                    scope,
                    in,
                    path,
                    (out, at) -> {
                        check(whole, out);
                        output.emit(out, at);
                    },
                    requirePath);
        }
    }
}
