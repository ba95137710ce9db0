package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.workflow.jq.Meter.Overspent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import org.jspecify.annotations.Nullable;

/**
 * An expression in jq 1.7, compiled. Its result is a function of its input and variables: it knows no clock, no
 * environment and no other input. No result is {@code null}, many are an array, and one is itself.
 *
 * <pre>{@code
 * Jq total = Jq.compile(".price * .quantity + $context.shipping", Set.of("context"));
 * JsonNode result = total.eval(input, Variables.of(Map.of("context", context)), JqBudget.usual(clock));
 * }</pre>
 *
 * <p>The language is that of jackson-jq, which parses it. Most expressions of workflows are short ways into their data;
 * these are evaluated here, directly, and agree with the library in every result. What is beyond that, and whatever
 * does not go well, the library evaluates.
 *
 * <p>May be used by many threads.
 */
public final class Jq {

    /** As long as an expression may be, in characters. */
    static final int LONGEST = 64 << 10;

    private final String text;
    private final Set<String> variables;
    private final Expression slow;
    private final @Nullable Direct direct;

    private Jq(String text, Set<String> variables, Expression slow, @Nullable Direct direct) {
        this.text = text;
        this.variables = variables;
        this.slow = slow;
        this.direct = direct;
    }

    /**
     * Compiles an expression.
     *
     * @param variables the names of what will be given, without the dollar sign; no other may be used
     * @throws JqException if the text is no expression, or names what is not there
     */
    public static Jq compile(String text, Set<String> variables) throws JqException {
        Expression parsed = Parsing.parsed(text);
        Names names = Names.of(parsed);
        names.check(variables);
        Direct direct = names.defineFunctions() ? null : DirectCompiler.compiled(parsed);
        return new Jq(text, Set.copyOf(names.given()), Metered.expression(parsed), direct);
    }

    /** Returns the text that was compiled. */
    public String text() {
        return text;
    }

    /** Returns the names of the variables that the expression uses, without the dollar sign. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * Returns whether the members of a variable, where they are used at all, only come to stand in the result as they
     * are, by themselves or within text: then another text may stand for one while the expression is evaluated.
     */
    public boolean passesOn(String variable) {
        return !variables.contains(variable)
                || (direct != null && Passage.of(direct, variable) != Passage.COMPUTED_WITH);
    }

    /** Returns the result, if it is the same for every input. */
    public Optional<JsonNode> constant() {
        return direct instanceof Direct.Constant constant ? Optional.of(constant.value()) : Optional.empty();
    }

    /**
     * Evaluates the expression. Neither the input, nor a variable, nor the result may be changed by anyone, ever.
     *
     * @throws JqFailure if the data does not fit the expression, or the budget does not suffice
     */
    public JsonNode eval(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
        if (direct != null) {
            JsonNode result = direct.apply(input, given);
            if (result != null) {
                return direct.grows() ? weighed(result, budget) : result;
            }
        }
        return evalSlowly(input, given, budget);
    }

    /** Evaluates the expression as a condition: false and null do not hold, all else does. */
    public boolean test(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
        return JsonNodeUtils.asBoolean(eval(input, given, budget));
    }

    /** Returns whether the library need not be asked about this data. */
    boolean isDirect(JsonNode input, Variables given) {
        return direct != null && direct.apply(input, given) != null;
    }

    private JsonNode weighed(JsonNode result, JqBudget budget) throws JqFailure {
        try {
            new Meter(budget).checkSize(result);
            return result;
        } catch (Overspent e) {
            throw failure(e.reason());
        }
    }

    /** Has the library evaluate the expression, every step of it counted. */
    JsonNode evalSlowly(JsonNode input, Variables given, JqBudget budget) throws JqFailure {
        List<JsonNode> results = new ArrayList<>(1);
        try {
            Scope scope = Builtins.scope();
            for (String variable : variables) {
                JsonNode value = given.get(variable);
                if (value == null) {
                    throw failure("$" + variable + " has no value here");
                }
                scope.setValue(variable, value);
            }
            Meter meter = new Meter(budget);
            Metered.charge(meter, () -> slow.apply(scope, input, results::add));
            JsonNode result = single(results);
            meter.checkSize(result);
            return result;
        } catch (JsonQueryException e) {
            throw failure(e.getOriginalMessage());
        } catch (Overspent e) {
            throw failure(e.reason());
        } catch (StackOverflowError e) {
            throw failure("it recurs too deeply");
        } catch (RuntimeException e) {
            // The library throws such where it met data it had not thought of.
            throw failure("jackson-jq fails with " + e);
        }
    }

    private static JsonNode single(List<JsonNode> results) {
        if (results.size() == 1) {
            return results.get(0);
        }
        return results.isEmpty() ? NullNode.getInstance() : new ArrayNode(JsonNodeFactory.instance, results);
    }

    private JqFailure failure(String reason) {
        return new JqFailure(Parsing.shown(text) + ": " + reason);
    }

    @Override
    public String toString() {
        return text;
    }
}
