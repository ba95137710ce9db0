package dev.weft.filter.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.values.NullValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a checked expression what can be run. */
final class Translator {

    private final CelAbstractSyntaxTree tree;
    private final Scope scope;

    /** The variables of the loops around, the innermost first; the outermost has slot 0. */
    private final Deque<String> locals = new ArrayDeque<>();

    private int slots;

    private Translator(CelAbstractSyntaxTree tree, Scope scope) {
        this.tree = tree;
        this.scope = scope;
    }

    static Program program(CelAbstractSyntaxTree tree, Scope scope) {
        Translator translator = new Translator(tree, scope);
        Code body = translator.code(tree.getExpr());
        return new Program(body, translator.slots, Reads.of(tree.getExpr(), scope), Tests.of(tree.getExpr()));
    }

    private Code code(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> ident(expr);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> Containers.list(codes(expr.list().elements()));
            case MAP -> map(expr.map());
            case COMPREHENSION -> loop(expr.comprehension());
            default -> throw new IllegalStateException("refused before: " + expr.getKind());
        };
    }

    private Code[] codes(List<CelExpr> exprs) {
        return exprs.stream().map(this::code).toArray(Code[]::new);
    }

    private static Code constant(CelConstant constant) {
        Object value = switch (constant.getKind()) {
            case NULL_VALUE -> NullValue.NULL_VALUE;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue();
            default -> throw new IllegalStateException("no literal: " + constant.getKind());
        };
        return run -> value;
    }

    private Code ident(CelExpr expr) {
        String name = expr.ident().name();
        int slot = slotOf(name);
        if (slot >= 0) {
            return run -> {
                run.pay(1);
                return run.slots[slot];
            };
        }
        Scope.Taken step = scope.step(name);
        if (step != null) {
            return step.isOne() ? StepCodes.only(name) : StepCodes.events(name);
        }
        if (scope.isBound(name)) {
            return StepCodes.value(name);
        }
        return Variables.isVariable(name) ? Variables.code(name) : type(name);
    }

    private static Code type(String name) {
        TypeName type = new TypeName(name);
        return run -> type;
    }

    private int slotOf(String name) {
        int above = 0;
        for (String local : locals) {
            if (local.equals(name)) {
                return locals.size() - 1 - above;
            }
            above++;
        }
        return -1;
    }

    private Code select(CelExpr expr) {
        CelSelect select = expr.select();
        Code operand = code(select.operand());
        return select.testOnly()
                ? Containers.has(operand, select.field())
                : Containers.select(operand, select.field(), written(expr));
    }

    /** Returns the field as it is written, if it is one of the event's or of a step's; else its name. */
    private String written(CelExpr expr) {
        Deque<String> names = new ArrayDeque<>();
        CelExpr at = expr;
        while (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            names.addFirst(at.select().field());
            at = at.select().operand();
        }
        if (at.getKind() != CelExpr.ExprKind.Kind.IDENT
                || slotOf(at.ident().name()) >= 0 && !scope.isStep(at.ident().name())) {
            return expr.select().field();
        }
        names.addFirst(at.ident().name());
        return String.join(".", names);
    }

    private Code call(CelExpr expr) {
        CelCall call = expr.call();
        if (scope.isAggregate(call.function())) {
            return Aggregates.of(call.function(), list(call.args().get(0)));
        }
        String step = call.function().equals("_[_]") ? Paths.name(call.args().get(0)) : null;
        if (step != null && isStep(step)) {
            return elementOf(step, expr);
        }
        List<CelExpr> operands = new ArrayList<>();
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        Code[] arguments = codes(operands);
        return switch (call.function()) {
            case "_&&_" -> Logic.and(arguments);
            case "_||_" -> Logic.or(arguments);
            case "_?_:_" -> Logic.choice(arguments[0], arguments[1], arguments[2]);
            case "@not_strictly_false", "__not_strictly_false__" -> Logic.notStrictlyFalse(arguments[0]);
            case "_==_" -> Logic.equality(arguments[0], arguments[1], true);
            case "_!=_" -> Logic.equality(arguments[0], arguments[1], false);
            case "@in", "_in_" -> Containers.in(arguments[0], arguments[1]);
            case "_[_]" -> Containers.element(arguments[0], arguments[1], overloads(expr));
            case "matches" -> Texts.matches(arguments[0], arguments[1], constantPattern(operands.get(1)));
            case "contains" -> Texts.contains(arguments[0], arguments[1]);
            case "type" -> Logic.type(arguments[0]);
            case "dyn" -> arguments[0];
            default -> function(expr, call.function(), arguments);
        };
    }

    private boolean isStep(String name) {
        return scope.isStep(name) && slotOf(name) < 0;
    }

    private Code elementOf(String step, CelExpr expr) {
        CelExpr place = expr.call().args().get(1);
        if (Scope.LAST.equals(Paths.name(place)) && slotOf(Scope.LAST) < 0) {
            return StepCodes.element(step, -1);
        }
        return Paths.isInt(place)
                ? StepCodes.element(step, place.constant().int64Value())
                : Containers.element(StepCodes.events(step), code(place), overloads(expr));
    }

    /** Returns the list that an aggregate is of: a field of a step is the list of what its events have there. */
    private Code list(CelExpr expr) {
        String step = Paths.root(expr);
        if (step == null || !isStep(step)) {
            return code(expr);
        }
        int slot = push(step);
        Code each = code(expr);
        locals.pop();
        return Aggregates.ofEach(StepCodes.events(step), slot, each);
    }

    private Code function(CelExpr expr, String name, Code[] arguments) {
        Functions.Operation operation = Functions.operation(name, overloads(expr));
        return name.equals("_+_") ? Containers.sum(arguments[0], arguments[1], operation) : operation.call(arguments);
    }

    private List<String> overloads(CelExpr call) {
        return tree.getReferenceOrThrow(call.id()).overloadIds();
    }

    private static @Nullable Pattern constantPattern(CelExpr expr) {
        boolean constant = expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        try {
            return constant ? Pattern.compile(expr.constant().stringValue()) : null;
        } catch (PatternSyntaxException e) {
            throw new IllegalStateException("refused before", e);
        }
    }

    private Code map(CelMap map) {
        Code[] keys = codes(map.entries().stream().map(CelMap.Entry::key).toList());
        Code[] values = codes(map.entries().stream().map(CelMap.Entry::value).toList());
        return Containers.map(keys, values);
    }

    private Code loop(CelComprehension loop) {
        Code range = code(loop.iterRange());
        Code start = code(loop.accuInit());
        int accumulator = push(loop.accuVar());
        int element = push(loop.iterVar());
        Code condition = code(loop.loopCondition());
        Code step = code(loop.loopStep());
        locals.pop();
        Code result = code(loop.result());
        locals.pop();
        return new Loop(range, element, accumulator, start, condition, step, result);
    }

    private int push(String local) {
        locals.push(local);
        slots = Math.max(slots, locals.size());
        return locals.size() - 1;
    }
}
