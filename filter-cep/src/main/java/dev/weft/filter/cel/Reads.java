package dev.weft.filter.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what of an event an expression can look at, so that no other fields of the payload are read. */
final class Reads extends Walk {

    private final Set<List<String>> paths = new LinkedHashSet<>();
    private final Set<String> attributes = new LinkedHashSet<>();

    private final Map<String, Set<List<String>>> named = new LinkedHashMap<>();
    private final Scope scope;

    private Reads(Scope scope) {
        this.scope = scope;
    }

    static Reads of(CelExpr expr, Scope scope) {
        Reads reads = new Reads(scope);
        reads.visit(expr);
        return reads;
    }

    /** Returns the paths from the payload's root; the empty one where the expression asks for all of it. */
    List<List<String>> paths() {
        return List.copyOf(paths);
    }

    /** Returns the attributes that the expression names. */
    List<String> attributes() {
        return List.copyOf(attributes);
    }

    /** Returns the paths into what the names of the scope stand for, by these names. */
    Map<String, List<List<String>>> named() {
        Map<String, List<List<String>>> all = new LinkedHashMap<>();
        named.forEach((name, wanted) -> all.put(name, List.copyOf(wanted)));
        return all;
    }

    @Override
    void visit(CelExpr expr) {
        if (scope.hasSteps() && visitNamed(expr)) {
            return;
        }
        Optional<List<String>> path = path(expr, Variables.DATA);
        if (path.isPresent()) {
            paths.add(path.get());
            return;
        }
        path(expr, Variables.EVENT).filter(names -> names.size() == 1).ifPresent(attributes::addAll);
        String name = Paths.name(expr);
        if (name == null) {
            visitInside(expr);
        } else {
            visitName(name);
        }
    }

    private boolean visitNamed(CelExpr expr) {
        boolean counts = expr.getKind() == Kind.CALL && expr.call().function().equals("count");
        String counted = counts ? Paths.name(expr.call().args().get(0)) : null;
        if (counted != null && scope.isStep(counted) && !isLocal(counted)) {
            named.computeIfAbsent(counted, name -> new LinkedHashSet<>());
            return true;
        }
        for (String name : scope.boundNames()) {
            Optional<List<String>> path = path(expr, name);
            if (path.isPresent()) {
                named.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(path.get());
                return true;
            }
        }
        return false;
    }

    private void visitName(String name) {
        if (!isLocal(name) && Variables.isVariable(name) && !name.equals(Variables.EVENT)) {
            attributes.add(name);
        }
    }

    /**
     * Returns the path of an expression that is a field of a variable. A place in an array is no part of it: what is
     * wanted of one object in an array is read of all.
     */
    private Optional<List<String>> path(CelExpr expr, String variable) {
        if (expr.getKind() == Kind.IDENT) {
            boolean root = expr.ident().name().equals(variable) && !isLocal(variable);
            return root ? Optional.of(List.of()) : Optional.empty();
        }
        if (expr.getKind() == Kind.SELECT) {
            return path(expr.select().operand(), variable)
                    .map(path -> longer(path, expr.select().field()));
        }
        boolean element = expr.getKind() == Kind.CALL && expr.call().function().equals("_[_]");
        CelExpr key = element ? expr.call().args().get(1) : expr;
        if (element && scope.hasSteps() && Scope.LAST.equals(Paths.name(key))) {
            return path(expr.call().args().get(0), variable);
        }
        if (!element || key.getKind() != Kind.CONSTANT) {
            return Optional.empty();
        }
        Optional<List<String>> container = path(expr.call().args().get(0), variable);
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
