package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does a function: the same tasks for all who call it, which see nothing of the variables where it is called. */
final class FunctionOp extends Op {

    final Body.CallFunction body;

    /** Known once all functions are compiled, as they may call each other. */
    @Nullable
    Scope function;

    FunctionOp(int number, Task task, Body.CallFunction body) {
        super(number, task);
        this.body = body;
    }

    @Override
    List<Scope> inner() {
        return function == null ? List.of() : List.of(function);
    }

    @Override
    void begin(Run run) throws Failed {
        JsonNode arguments = run.expressions.render(body.with(), run.input);
        run.push(new Block(run, this, true));
        run.go(Objects.requireNonNull(function), arguments);
    }
}
