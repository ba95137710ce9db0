package dev.weft.filter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.weft.config.Nearest;
import dev.weft.event.AttributeRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
final class Names {

    private static final List<String> VARIABLES = Stream.concat(
                    Variables.TEXTS.stream(), Stream.of(Variables.DATA, Variables.EVENT, Variables.TIME))
            .toList();
    private static final List<String> VARIABLES_AND_TYPES =
            Stream.concat(VARIABLES.stream(), Variables.TYPES.stream()).toList();

    /** A shorter name is as near to many as a typo is to the one that was meant. */
    private static final int SHORTEST_TYPO = 4;

    private final CelAbstractSyntaxTree tree;
    private final Deque<String> locals = new ArrayDeque<>();
    private final Set<String> extensions = new TreeSet<>();
    private final List<CelExpr> unknownNames = new ArrayList<>();
    private final List<CelExpr> unknownFunctions = new ArrayList<>();
    private final List<CelExpr> messages = new ArrayList<>();
    private final List<CelExpr> noPatterns = new ArrayList<>();

    private Names(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    static Names of(CelAbstractSyntaxTree tree) {
        Names names = new Names(tree);
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
                    Nearest.list(Functions.NAMES),
                    Nearest.to(name, Functions.NAMES));
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
        return !(unknownNames.isEmpty() && unknownFunctions.isEmpty() && messages.isEmpty() && noPatterns.isEmpty());
    }

    private void reportName(CelExpr expr, Mistakes mistakes) {
        String name = expr.ident().name();
        Optional<String> nearest = Nearest.to(name, VARIABLES_AND_TYPES);
        String extension = AttributeRules.isName(name)
                ? "; an extension of that name is event." + name
                : "; extensions are named in lower-case letters and digits";
        mistakes.add("unknown name \"" + name + "\"", place(expr), Nearest.list(VARIABLES) + extension, nearest);
    }

    private int place(CelExpr expr) {
        return tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    }

    private void visit(CelExpr expr) {
        switch (expr.getKind()) {
            case IDENT -> visitName(expr);
            case SELECT -> visit(expr.select().operand());
            case CALL -> visitCall(expr);
            case LIST -> expr.list().elements().forEach(this::visit);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            case STRUCT -> messages.add(expr);
            case COMPREHENSION -> visitLoop(expr.comprehension());
            default -> {
                // A literal names nothing.
            }
        }
    }

    /** A name nearly like that of a variable is a typo rather than an extension; the map of all attributes has both. */
    private void visitName(CelExpr expr) {
        String name = expr.ident().name();
        if (locals.contains(name) || Variables.isDeclared(name) || Variables.isType(name)) {
            return;
        }
        boolean typo = name.length() >= SHORTEST_TYPO
                && Nearest.to(name, VARIABLES_AND_TYPES).isPresent();
        if (AttributeRules.isName(name) && !typo) {
            extensions.add(name);
        } else {
            unknownNames.add(expr);
        }
    }

    private void visitCall(CelExpr expr) {
        CelCall call = expr.call();
        String name = call.function();
        if (Character.isLetter(name.charAt(0)) && !Functions.NAMES.contains(name)) {
            unknownFunctions.add(expr);
        }
        call.target().ifPresent(this::visit);
        call.args().forEach(this::visit);
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
