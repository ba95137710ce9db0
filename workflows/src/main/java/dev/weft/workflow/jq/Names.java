package dev.weft.workflow.jq;

import dev.weft.config.Nearest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.TopLevelExpression;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.VariableKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ObjectMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;

/**
 * The names an expression uses, and those it defines itself. A name that is defined anywhere counts as defined
 * everywhere: where it is not in scope, the evaluation fails.
 */
final class Names {

    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<String> ownVariables = new HashSet<>();
    private final Set<Call> calls = new LinkedHashSet<>();
    private final Set<Call> ownFunctions = new HashSet<>();
    private boolean ofModules;

    private record Call(String name, int arguments) {}

    private Names() {}

    static Names of(Expression expression) {
        Names names = new Names();
        SyntaxTree.walk(expression, names::add);
        return names;
    }

    /** Returns the variables that must be given. */
    Set<String> given() {
        Set<String> given = new LinkedHashSet<>(variables);
        given.removeAll(ownVariables);
        return given;
    }

    /** Returns whether the expression defines functions, which may go by the names of others. */
    boolean defineFunctions() {
        return !ownFunctions.isEmpty();
    }

    /** Refuses names that lead nowhere, and those that lead out of the expression. */
    void check(Set<String> inScope) throws JqException {
        if (ofModules) {
            throw new JqException("a module", "an expression that stands for itself");
        }
        for (String variable : given()) {
            if (!inScope.contains(variable)) {
                throw unknownVariable(variable, inScope);
            }
        }
        for (Call call : calls) {
            if (!ownFunctions.contains(call) && !Builtins.has(call.name(), call.arguments())) {
                throw unknownFunction(call);
            }
        }
    }

    private static JqException unknownVariable(String variable, Set<String> inScope) {
        String reason = Builtins.REFUSED.get("$" + variable);
        Set<String> known = new TreeSet<>();
        inScope.forEach(name -> known.add("$" + name));
        return reason != null
                ? new JqException("$" + variable, reason)
                : new JqException(
                        "the variable $" + variable + ", which is not there",
                        Nearest.list(known),
                        Nearest.to("$" + variable, known).orElse(null));
    }

    private JqException unknownFunction(Call call) {
        String reason = Builtins.REFUSED.get(call.name());
        if (reason != null) {
            return new JqException("the function " + call.name(), reason);
        }
        List<Integer> counts = Builtins.names().contains(call.name())
                ? List.of(0, 1, 2, 3).stream()
                        .filter(count -> Builtins.has(call.name(), count))
                        .toList()
                : List.of();
        if (!counts.isEmpty()) {
            return new JqException(
                    "the function " + call.name() + " with " + call.arguments() + " arguments",
                    Nearest.list(counts.stream().map(String::valueOf).toList()) + " of them, parted by \";\"");
        }
        Set<String> known = new TreeSet<>(Builtins.names());
        ownFunctions.forEach(own -> known.add(own.name()));
        return new JqException(
                "the function " + call.name() + ", which is not there",
                "a function of jq 1.7",
                Nearest.to(call.name(), known).orElse(null));
    }

    private void add(Object part) {
        if (part instanceof VariableAccess || part instanceof VariableKeyFieldConstruction) {
            variables.add(name(part, "name"));
        } else if (part instanceof ValueMatcher) {
            ownVariables.add(name(part, "name"));
        } else if (part instanceof ObjectMatcher.FieldMatcher) {
            addFieldMatcher(part);
        } else if (part instanceof FunctionDefinition) {
            addDefinition(part);
        } else if (part instanceof FunctionCall) {
            List<Expression> arguments = SyntaxTree.get(part, "args");
            calls.add(new Call(name(part, "name"), arguments.size()));
            ofModules |= SyntaxTree.find(part, "moduleName") != null;
        } else if (part instanceof FormattingFilter) {
            calls.add(new Call("@" + name(part, "name"), 0));
        } else if (part instanceof TopLevelExpression) {
            ofModules = true;
        }
    }

    private void addFieldMatcher(Object part) {
        boolean dollar = SyntaxTree.get(part, "dollar");
        if (dollar && SyntaxTree.find(part, "name") instanceof ValueLiteral literal) {
            ownVariables.add(literal.value().asText());
        }
    }

    private void addDefinition(Object part) {
        List<String> parameters = SyntaxTree.get(part, "args");
        ownFunctions.add(new Call(name(part, "fname"), parameters.size()));
        for (String parameter : parameters) {
            if (parameter.startsWith("$")) {
                ownVariables.add(parameter.substring(1));
            } else {
                ownFunctions.add(new Call(parameter, 0));
            }
        }
    }

    private static String name(Object part, String field) {
        return SyntaxTree.get(part, field);
    }
}
