package dev.weft.filter.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds which fields of the payload an expression can look at, so that no others are read. */
final class WantedPaths {

    private final Set<List<String>> paths = new LinkedHashSet<>();
    private final Deque<String> locals = new ArrayDeque<>();

    private WantedPaths() {}

    /** Returns the paths, from the payload's root; the empty one where an expression asks for all of it. */
    static List<List<String>> of(CelExpr expr) {
        WantedPaths wanted = new WantedPaths();
        wanted.visit(expr);
        return new ArrayList<>(wanted.paths);
    }

    private void visit(CelExpr expr) {
        Optional<List<String>> path = path(expr);
        if (path.isPresent()) {
            paths.add(path.get());
            return;
        }
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
                // A literal, or a name that is not the payload's.
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

    /**
     * Returns the path of an expression that is a field of the payload. A place in an array is no part of it: what is
     * wanted of one object in an array is read of all.
     */
    private Optional<List<String>> path(CelExpr expr) {
        if (expr.getKind() == Kind.IDENT) {
            boolean payload = expr.ident().name().equals(Variables.DATA) && !locals.contains(Variables.DATA);
            return payload ? Optional.of(List.of()) : Optional.empty();
        }
        if (expr.getKind() == Kind.SELECT) {
            return path(expr.select().operand())
                    .map(path -> longer(path, expr.select().field()));
        }
        boolean element = expr.getKind() == Kind.CALL && expr.call().function().equals("_[_]");
        CelExpr key = element ? expr.call().args().get(1) : expr;
        if (!element || key.getKind() != Kind.CONSTANT) {
            return Optional.empty();
        }
        Optional<List<String>> container = path(expr.call().args().get(0));
        return switch (key.constant().getKind()) {
            case STRING_VALUE ->
                container.map(path -> longer(path, key.constant().stringValue()));
            case INT64_VALUE -> container;
            default -> Optional.empty();
        };
    }

    private static List<String> longer(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
