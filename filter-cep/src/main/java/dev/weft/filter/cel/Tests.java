package dev.weft.filter.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.weft.event.AttributeRules;
import dev.weft.filter.cel.CelTest.How;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the tests of single attributes that an expression is joined of by {@code &&}. Only of attributes that every
 * event has: a test of one that is missing fails, which is not the same as that it does not hold.
 */
final class Tests {

    private final List<CelTest> tests = new ArrayList<>();

    private Tests() {}

    static List<CelTest> of(CelExpr expr) {
        Tests found = new Tests();
        found.visit(expr);
        return found.tests;
    }

    private void visit(CelExpr expr) {
        if (expr.getKind() != Kind.CALL) {
            return;
        }
        CelCall call = expr.call();
        switch (call.function()) {
            case "_&&_" -> call.args().forEach(this::visit);
            case "_==_" -> {
                add(call.args().get(0), How.IS, List.of(call.args().get(1)));
                add(call.args().get(1), How.IS, List.of(call.args().get(0)));
            }
            case "@in" -> addList(call.args().get(0), call.args().get(1));
            case "startsWith" -> call.target().ifPresent(text -> add(text, How.STARTS_WITH, call.args()));
            case "endsWith" -> call.target().ifPresent(text -> add(text, How.ENDS_WITH, call.args()));
            default -> {
                // Asks for something else.
            }
        }
    }

    private void addList(CelExpr element, CelExpr list) {
        if (list.getKind() == Kind.LIST && !list.list().elements().isEmpty()) {
            add(element, How.IS, list.list().elements());
        }
    }

    private void add(CelExpr attribute, How how, List<CelExpr> texts) {
        if (attribute.getKind() == Kind.IDENT
                && AttributeRules.REQUIRED.contains(attribute.ident().name())
                && texts.stream().allMatch(Tests::isText)) {
            tests.add(new CelTest(
                    attribute.ident().name(),
                    how,
                    texts.stream().map(text -> text.constant().stringValue()).toList()));
        }
    }

    private static boolean isText(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }
}
