package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Errors;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Span;
import dev.weft.workflow.call.CallMistake;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.jq.CanonicalJson;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the expressions of a run's current task say, with what they may cost in one activation. */
final class TaskExpressions {

    private static final int LONGEST_REASON = 2000;

    private final Run run;
    private final JqBudget budget;
    private final TaskVariables variables;

    /** What stands for secrets; only there while the arguments of a call are made, as it must not be kept. */
    private @Nullable JsonNode secrets;

    TaskExpressions(Run run) {
        this.run = run;
        this.budget = JqBudget.usual(run.around.nanoTime());
        this.variables = new TaskVariables(run);
    }

    /** Returns what the variable of secrets is at the moment. */
    @Nullable
    JsonNode secrets() {
        return secrets;
    }

    JsonNode render(Template template, JsonNode on) throws Failed {
        try {
            return template.render(on, variables, budget);
        } catch (JqFailure e) {
            throw failed(e);
        }
    }

    boolean test(Jq condition, JsonNode on) throws Failed {
        try {
            return condition.test(on, variables, budget);
        } catch (JqFailure e) {
            throw failed(e);
        }
    }

    /** Returns whether a condition holds; one that is not there does. */
    boolean holds(@Nullable Jq condition, JsonNode on) throws Failed {
        return condition == null || test(condition, on);
    }

    /** Returns whether an exception applies; one that is not there does not. */
    boolean excepts(@Nullable Jq condition, JsonNode on) throws Failed {
        return condition != null && test(condition, on);
    }

    /** Returns whether an event has what is asked of one of its attributes. An event that does not fit does not. */
    boolean accepts(Test.Holds holds, ObjectNode event) {
        JsonNode attribute = event.path(holds.attribute());
        JsonNode asked = attribute.isMissingNode() ? NullNode.getInstance() : attribute;
        try {
            JsonNode answer = holds.jq().eval(asked, variables, budget);
            return answer.isBoolean()
                    ? answer.booleanValue()
                    : !answer.isNull() && CanonicalJson.areEqual(answer, asked);
        } catch (JqFailure e) {
            return false;
        }
    }

    /** Returns what an expression gives of an event, null where the event does not fit. */
    JsonNode extract(Jq from, ObjectNode event) {
        try {
            return from.eval(event, variables, budget);
        } catch (JqFailure e) {
            return NullNode.getInstance();
        }
    }

    /** Returns what a loop is about. */
    ArrayNode items(Template in) throws Failed {
        JsonNode items = render(in, run.input);
        if (!items.isArray()) {
            throw new Failed(
                    Errors.EXPRESSION,
                    run.current.pointer,
                    "found " + Shown.briefly(items) + " to loop over, expected an array");
        }
        if (items.size() > run.around.limits().iterations()) {
            throw new Failed(
                    Errors.RUNTIME,
                    run.current.pointer,
                    "found " + items.size() + " elements to loop over, expected at most "
                            + run.around.limits().iterations());
        }
        return (ArrayNode) items;
    }

    JsonNode shapedInput(Shaping shaping, JsonNode on) throws Failed {
        check(shaping, on);
        return shaped(shaping, on);
    }

    JsonNode shapedOutput(Shaping shaping, JsonNode on) throws Failed {
        JsonNode out = shaped(shaping, on);
        check(shaping, out);
        return out;
    }

    private JsonNode shaped(Shaping shaping, JsonNode on) throws Failed {
        return shaping.as() == null ? on : render(shaping.as(), on);
    }

    private void check(Shaping shaping, JsonNode what) throws Failed {
        if (shaping.schema() == null) {
            return;
        }
        List<String> mistakes = shaping.schema().mistakes(what);
        if (!mistakes.isEmpty()) {
            throw new Failed(Errors.VALIDATION, run.current.pointer, String.join("; ", mistakes));
        }
    }

    /** An expression may say of itself why it fails, and at any length. */
    private Failed failed(JqFailure failure) {
        String reason = String.valueOf(failure.getMessage());
        return new Failed(
                Errors.EXPRESSION,
                run.current.pointer,
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
    }

    long millis(Span span) throws Failed {
        if (span instanceof Span.Fixed fixed) {
            return fixed.duration().toMillis();
        }
        return Durations.millis(render(((Span.Computed) span).text(), run.input), run.current.pointer);
    }

    CallRequest request(Op op, Body.Call call, String key) throws Failed {
        try {
            return CallRequest.of(call.kind(), arguments(call), call.resources(), key);
        } catch (CallMistake e) {
            throw new Failed(e.error(op.pointer));
        }
    }

    private JsonNode arguments(Body.Call call) throws Failed {
        secrets = run.program.secrets;
        try {
            return render(call.with(), run.input);
        } finally {
            secrets = null;
        }
    }
}
