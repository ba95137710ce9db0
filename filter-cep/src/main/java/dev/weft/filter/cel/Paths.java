package dev.weft.filter.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import org.jspecify.annotations.Nullable;

/** Expressions that go from a name into its fields. */
final class Paths {

    private Paths() {}

    /**
     * Returns the name that a path such as {@code failed.data.ip} starts with, if it is one of fields all the way; null
     * of any other expression, and of {@code failed[0].data.ip}, which starts with one event of many.
     */
    static @Nullable String root(CelExpr expr) {
        CelExpr at = expr;
        while (at.getKind() != Kind.IDENT) {
            if (at.getKind() == Kind.SELECT && !at.select().testOnly()) {
                at = at.select().operand();
            } else if (isElement(at) && at.call().args().get(0).getKind() != Kind.IDENT) {
                at = at.call().args().get(0);
            } else {
                return null;
            }
        }
        return at.ident().name();
    }

    private static boolean isElement(CelExpr expr) {
        return expr.getKind() == Kind.CALL
                && expr.call().function().equals("_[_]")
                && expr.call().args().get(1).getKind() == Kind.CONSTANT;
    }

    /** Returns the name of the identifier; null if the expression is none. */
    static @Nullable String name(CelExpr expr) {
        return expr.getKind() == Kind.IDENT ? expr.ident().name() : null;
    }

    static boolean isInt(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.INT64_VALUE;
    }
}
