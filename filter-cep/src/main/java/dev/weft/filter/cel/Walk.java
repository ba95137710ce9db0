package dev.weft.filter.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.ArrayDeque;
import java.util.Deque;

/** A walk over an expression that knows the names its loops have made where it is. */
abstract class Walk {

    private final Deque<String> locals = new ArrayDeque<>();

    /** Visits an expression; {@link #visitInside} goes on from there. */
    abstract void visit(CelExpr expr);

    final boolean isLocal(String name) {
        return locals.contains(name);
    }

    /** Visits what the expression is made of: nothing if it is a name, a literal or a message. */
    final void visitInside(CelExpr expr) {
        switch (expr.getKind()) {
            case SELECT -> visit(expr.select().operand());
            case CALL -> {
                expr.call().target().ifPresent(this::visit);
                expr.call().args().forEach(this::visit);
            }
            case LIST -> expr.list().elements().forEach(this::visit);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            case COMPREHENSION -> visitLoop(expr.comprehension());
            default -> {
                // There is nothing inside.
            }
        }
    }

    private void visitLoop(CelComprehension loop) {
        visit(loop.iterRange());
        visit(loop.accuInit());
        locals.push(loop.accuVar());
        locals.push(loop.iterVar());
        visit(loop.loopCondition());
        visit(loop.loopStep());
        locals.pop();
        visit(loop.result());
        locals.pop();
    }
}
