package dev.weft.filter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.weft.config.Nearest;
import dev.weft.event.AttributeRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an expression names, as far as that can be told before its types are: identifiers, functions, and the regular
 * expressions that are written out.
 */
final class Names extends Walk {

    /** A shorter name is as near to many as a typo is to the one that was meant. */
    private static final int SHORTEST_TYPO = 4;

    private final CelAbstractSyntaxTree tree;
    private final Scope scope;
    private final List<String> namesAndTypes;
    private final Set<String> extensions = new TreeSet<>();
    private final List<CelExpr> unknownNames = new ArrayList<>();
    private final List<CelExpr> unknownFunctions = new ArrayList<>();
    private final List<Misuse> misused = new ArrayList<>();
    private final List<CelExpr> messages = new ArrayList<>();
    private final List<CelExpr> noPatterns = new ArrayList<>();

    private Names(CelAbstractSyntaxTree tree, Scope scope) {
        this.tree = tree;
        this.scope = scope;
        this.namesAndTypes =
                Stream.concat(scope.names().stream(), Variables.TYPES.stream()).toList();
    }

    /** A name that there is, and that does not go where it stands. */
    private record Misuse(CelExpr at, String found, String expected) {}

    static Names of(CelAbstractSyntaxTree tree, Scope scope) {
        Names names = new Names(tree, scope);
        names.visit(tree.getExpr());
        return names;
    }

    /** Returns the names of extension attributes. */
    Set<String> extensions() {
        return new LinkedHashSet<>(extensions);
    }

    /** Reports what is named and does not exist, and returns whether there was any. */
    boolean report(Mistakes mistakes) {
        for (CelExpr expr : unknownNames) {
            reportName(expr, mistakes);
        }
        for (CelExpr expr : unknownFunctions) {
            String name = expr.call().function();
            mistakes.add(
                    "unknown function \"" + name + "\"",
                    place(expr),
                    Nearest.list(scope.functions()),
                    Nearest.to(name, scope.functions()));
        }
        for (CelExpr expr : messages) {
            mistakes.add(
                    "a message of the type " + expr.struct().messageName(),
                    place(expr),
                    "a map: there are no messages here",
                    Optional.empty());
        }
        for (CelExpr expr : noPatterns) {
            mistakes.add(
                    "the regular expression \"" + expr.constant().stringValue() + "\"",
                    place(expr),
                    Texts.PATTERN,
                    Optional.empty());
        }
        for (Misuse misuse : misused) {
            mistakes.add(misuse.found(), place(misuse.at()), misuse.expected(), Optional.empty());
        }
        return !(misused.isEmpty()
                && unknownNames.isEmpty()
                && unknownFunctions.isEmpty()
                && messages.isEmpty()
                && noPatterns.isEmpty());
    }

    private void reportName(CelExpr expr, Mistakes mistakes) {
        String name = expr.ident().name();
        Optional<String> nearest = Nearest.to(name, namesAndTypes);
        String extension = !scope.hasEvent()
                ? ""
                : AttributeRules.isName(name)
                        ? "; an extension of that name is event." + name
                        : "; extensions are named in lower-case letters and digits";
        mistakes.add("unknown name \"" + name + "\"", place(expr), Nearest.list(scope.names()) + extension, nearest);
    }

    private int place(CelExpr expr) {
        return tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    }

    @Override
    void visit(CelExpr expr) {
        switch (expr.getKind()) {
            case IDENT -> visitName(expr);
            case SELECT -> visitSelect(expr);
            case CALL -> visitCall(expr);
            case STRUCT -> messages.add(expr);
            default -> visitInside(expr);
        }
    }

    /** A name nearly like that of a variable is a typo rather than an extension; the map of all attributes has both. */
    private void visitName(CelExpr expr) {
        String name = expr.ident().name();
        if (isLocal(name) || scope.isBound(name)) {
            return;
        }
        String objection = scope.objection(name);
        if (objection != null) {
            misused.add(new Misuse(expr, "\"" + name + "\", " + objection + ",", usable()));
            return;
        }
        if (scope.hasEvent() && Variables.isDeclared(name) || Variables.isType(name)) {
            return;
        }
        boolean typo = name.length() >= SHORTEST_TYPO
                && Nearest.to(name, namesAndTypes).isPresent();
        if (scope.hasEvent() && AttributeRules.isName(name) && !typo) {
            extensions.add(name);
        } else {
            unknownNames.add(expr);
        }
    }

    /** What is in the scope of a step has fields, an extension has none: there a name with fields is a step's. */
    private void visitSelect(CelExpr expr) {
        CelExpr operand = expr.select().operand();
        String name = Paths.name(operand);
        if (name == null || isLocal(name) || !scope.hasSteps()) {
            visit(operand);
            return;
        }
        Scope.Taken step = scope.step(name);
        if (step != null && !step.isOne()) {
            misused.add(new Misuse(
                    expr,
                    "\"" + name + "." + expr.select().field() + "\" of a step that can take several events",
                    "%1$s[0], %1$s[last], or a function of all of them such as count(%1$s)".formatted(name)));
        } else if (isUnknown(name)) {
            unknownNames.add(operand);
        } else {
            visit(operand);
        }
    }

    private boolean isUnknown(String name) {
        return !scope.isBound(name) && !Variables.isDeclared(name) && scope.objection(name) == null;
    }

    /** Returns whether the call is of what only a step can be given to, and then visits what is left of it. */
    private boolean visitStep(CelCall call) {
        if (!scope.hasSteps() || call.args().isEmpty()) {
            return false;
        }
        CelExpr first = call.args().get(0);
        String name = scope.isAggregate(call.function()) ? Paths.root(first) : Paths.name(first);
        boolean index = call.function().equals("_[_]");
        if (name == null || isLocal(name) || !index && !scope.isAggregate(call.function())) {
            return false;
        }
        if (index && isUnknown(name)) {
            unknownNames.add(first);
            return true;
        }
        Scope.Taken step = scope.step(name);
        if (step == null) {
            return false;
        }
        if (index) {
            visitPlace(name, step, call.args().get(1));
        }
        return true;
    }

    private void visitPlace(String name, Scope.Taken step, CelExpr place) {
        if (Paths.isInt(place)) {
            long at = place.constant().int64Value();
            if (at < 0 || at >= step.most()) {
                misused.add(new Misuse(
                        place,
                        "\"" + name + "[" + at + "]\" of a step that takes "
                                + (step.most() == 1 ? "one event" : "at most " + step.most() + " events"),
                        step.most() == 1 ? name : "an index from 0 to " + (step.most() - 1) + ", or " + Scope.LAST));
            }
        } else if (!Scope.LAST.equals(Paths.name(place))) {
            visit(place);
        }
    }

    private String usable() {
        return scope.steps().isEmpty()
                ? "names of the event itself: there is no step before"
                : Nearest.list(scope.boundNames());
    }

    private void visitCall(CelExpr expr) {
        CelCall call = expr.call();
        String name = call.function();
        if (visitStep(call)) {
            return;
        }
        if (Character.isLetter(name.charAt(0)) && !scope.functions().contains(name)) {
            unknownFunctions.add(expr);
        }
        visitInside(expr);
        if (name.equals("matches") && !call.args().isEmpty()) {
            visitPattern(call.args().get(call.args().size() - 1));
        }
    }

    private void visitPattern(CelExpr expr) {
        boolean text = expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (text && Texts.compiled(expr.constant().stringValue()) == null) {
            noPatterns.add(expr);
        }
    }
}
