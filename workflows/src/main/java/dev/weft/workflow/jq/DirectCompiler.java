package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.Conditional;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.JsonQueryKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.NegativeExpression;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.PipeComponent;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.StringKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;
import net.thisptr.jackson.jq.internal.tree.Tuple;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.VariableKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.binaryop.AlternativeOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanAndExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanOrExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.SimpleBinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.IdentifierFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.StringFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import org.jspecify.annotations.Nullable;

/** Finds a direct way to evaluate what the library has parsed, where there is one. Constants are computed here. */
final class DirectCompiler {

    /** Where a result could grow more than this, every step is counted instead. */
    private static final int LARGEST_GROWTH = 64;

    private DirectCompiler() {}

    /** Returns how to evaluate the expression directly, or null if only the library can evaluate it. */
    static @Nullable Direct compiled(Expression expression) {
        Direct direct = translated(expression);
        return direct == null || direct.growth() > LARGEST_GROWTH ? null : direct;
    }

    private static @Nullable Direct direct(@Nullable Expression expression) {
        Direct direct = expression == null ? null : translated(expression);
        return direct != null && direct.growth() > LARGEST_GROWTH ? null : direct;
    }

    private static @Nullable Direct translated(Expression expression) {
        if (expression instanceof ThisObject) {
            return new Direct.Whole();
        }
        if (expression instanceof ValueLiteral literal) {
            return new Direct.Constant(literal.value());
        }
        if (expression instanceof VariableAccess) {
            return new Direct.Variable(SyntaxTree.get(expression, "name"));
        }
        if (expression instanceof FunctionCall) {
            String name = SyntaxTree.get(expression, "name");
            List<Expression> arguments = SyntaxTree.get(expression, "args");
            return name.equals("not") && arguments.isEmpty() ? new Direct.Not() : null;
        }
        if (expression instanceof IdentifierFieldAccess) {
            return member(expression, SyntaxTree.get(expression, "field"));
        }
        if (expression instanceof StringFieldAccess) {
            return SyntaxTree.find(expression, "field") instanceof ValueLiteral literal
                    ? member(expression, literal.value().asText())
                    : null;
        }
        if (expression instanceof BracketFieldAccess) {
            return item(expression);
        }
        if (expression instanceof ArrayConstruction array) {
            return array(array);
        }
        if (expression instanceof ObjectConstruction object) {
            return object(object);
        }
        if (expression instanceof StringInterpolation) {
            return interpolation(expression);
        }
        if (expression instanceof Conditional) {
            return choice(expression);
        }
        if (expression instanceof PipedQuery) {
            return pipe(SyntaxTree.get(expression, "components"));
        }
        return operation(expression);
    }

    private static @Nullable Direct member(Expression expression, String name) {
        Direct target = direct(SyntaxTree.get(expression, "target"));
        return target == null ? null : new Direct.Member(target, name);
    }

    private static @Nullable Direct item(Expression expression) {
        boolean range = SyntaxTree.get(expression, "isRange");
        Direct target = range ? null : direct(SyntaxTree.get(expression, "target"));
        Direct key = range ? null : direct(SyntaxTree.get(expression, "startExpr"));
        return target == null || key == null ? null : new Direct.Item(target, key);
    }

    private static @Nullable Direct array(ArrayConstruction array) {
        List<Expression> items = new ArrayList<>();
        if (array.q instanceof Tuple tuple) {
            items.addAll(tuple.qs);
        } else if (array.q != null) {
            items.add(array.q);
        }
        List<Direct> directs = all(items);
        return directs == null ? null : folded(new Direct.NewArray(directs), directs);
    }

    private static @Nullable Direct object(ObjectConstruction object) {
        List<Direct> names = new ArrayList<>();
        List<Direct> values = new ArrayList<>();
        for (FieldConstruction field : object.fields) {
            if (field instanceof VariableKeyFieldConstruction) {
                String name = SyntaxTree.get(field, "name");
                names.add(text(name));
                values.add(new Direct.Variable(name));
            } else if (!addMember(field, names, values)) {
                return null;
            }
        }
        return folded(
                new Direct.NewObject(names, values),
                Stream.concat(names.stream(), values.stream()).toList());
    }

    private static boolean addMember(FieldConstruction field, List<Direct> names, List<Direct> values) {
        Direct name = null;
        if (field instanceof IdentifierKeyFieldConstruction named) {
            name = text(named.key);
        } else if (field instanceof StringKeyFieldConstruction || field instanceof JsonQueryKeyFieldConstruction) {
            name = direct(SyntaxTree.get(field, "key"));
        }
        if (name == null) {
            return false;
        }
        Direct value = SyntaxTree.find(field, "value") instanceof Expression given
                ? direct(given)
                : new Direct.Item(new Direct.Whole(), name);
        if (value == null) {
            return false;
        }
        names.add(name);
        values.add(value);
        return true;
    }

    private static @Nullable Direct interpolation(Expression expression) {
        if (SyntaxTree.find(expression, "formatter") != null) {
            return null;
        }
        String template = SyntaxTree.get(expression, "template");
        List<Pair<Integer, Expression>> interpolations = SyntaxTree.get(expression, "interpolations");
        List<Direct> values = all(interpolations.stream().map(pair -> pair._2).toList());
        if (values == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        int from = 0;
        for (Pair<Integer, Expression> each : interpolations) {
            texts.add(template.substring(from, each._1));
            from = each._1;
        }
        texts.add(template.substring(from));
        return folded(new Direct.Interpolation(texts, values), values);
    }

    private static @Nullable Direct choice(Expression expression) {
        List<Pair<Expression, Expression>> cases = SyntaxTree.get(expression, "switches");
        Direct choice = direct(SyntaxTree.get(expression, "otherwise"));
        for (int i = cases.size() - 1; i >= 0 && choice != null; i--) {
            Direct condition = direct(cases.get(i)._1);
            Direct then = direct(cases.get(i)._2);
            choice = condition == null || then == null ? null : new Direct.Choice(condition, then, choice);
        }
        return choice;
    }

    private static @Nullable Direct pipe(List<PipeComponent> components) {
        Direct pipe = null;
        for (PipeComponent component : components) {
            Direct next = component instanceof TransformPipeComponent step ? direct(step.expr) : null;
            if (next == null) {
                return null;
            }
            pipe = pipe == null ? next : new Direct.Pipe(pipe, next);
        }
        return pipe;
    }

    private static @Nullable Direct operation(Expression expression) {
        if (expression instanceof NegativeExpression) {
            Direct value = direct(SyntaxTree.get(expression, "value"));
            return value == null ? null : folded(new Direct.Negation(value), List.of(value));
        }
        boolean binary = expression instanceof SimpleBinaryOperatorExpression
                || expression instanceof BooleanAndExpression
                || expression instanceof BooleanOrExpression
                || expression instanceof AlternativeOperatorExpression;
        Direct left = binary ? direct(SyntaxTree.get(expression, "lhs")) : null;
        Direct right = left == null ? null : direct(SyntaxTree.get(expression, "rhs"));
        return left == null || right == null ? null : folded(operation(expression, left, right), List.of(left, right));
    }

    private static Direct operation(Expression expression, Direct left, Direct right) {
        if (expression instanceof BooleanAndExpression) {
            return new Direct.And(left, right);
        }
        if (expression instanceof BooleanOrExpression) {
            return new Direct.Or(left, right);
        }
        if (expression instanceof AlternativeOperatorExpression) {
            return new Direct.Alternative(left, right);
        }
        BinaryOperator operator = SyntaxTree.get(expression, "operator");
        return Direct.compares(operator)
                ? new Direct.Comparison(operator, left, right)
                : new Direct.Arithmetic(operator, left, right);
    }

    private static @Nullable List<Direct> all(List<Expression> expressions) {
        List<Direct> directs = new ArrayList<>();
        for (Expression expression : expressions) {
            Direct direct = direct(expression);
            if (direct == null) {
                return null;
            }
            directs.add(direct);
        }
        return directs;
    }

    private static Direct text(String text) {
        return new Direct.Constant(new TextNode(text));
    }

    private static Direct folded(Direct whole, List<Direct> parts) {
        boolean constant = parts.stream().allMatch(part -> part instanceof Direct.Constant);
        JsonNode value = constant ? whole.apply(NullNode.getInstance(), Variables.NONE) : null;
        return value == null ? whole : new Direct.Constant(value);
    }
}
