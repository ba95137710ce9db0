package dev.weft.workflow.classic;

import dev.weft.config.Node;
import dev.weft.workflow.Body;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.Timeout;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Literals;
import dev.weft.workflow.jq.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task in the making: with what a document of 0.8 says, or nothing, where 1.0 has a place for it. What takes a task
 * back gets the data to which the flow has come, and what it makes of it goes on.
 */
final class Made {

    private final String name;
    private final String pointer;
    private final Node at;
    private final Body body;
    private @Nullable Jq condition;
    private Shaping input = Shaping.NONE;
    private Shaping output = Shaping.NONE;
    private @Nullable Timeout timeout;
    private Then then = Then.CONTINUE;
    private @Nullable Task compensation;
    private Metadata metadata = Metadata.NONE;

    private Made(String name, String pointer, Node at, Body body) {
        this.name = name;
        this.pointer = pointer;
        this.at = at;
        this.body = body;
    }

    /** Begins with a task that stands at a place. */
    static Made of(String name, String pointer, Node at, Body body) {
        return new Made(name, pointer, at, body);
    }

    Made when(@Nullable Jq holds) {
        this.condition = holds;
        return this;
    }

    Made from(@Nullable Template template) {
        this.input = new Shaping(null, template);
        return this;
    }

    Made as(@Nullable Template template) {
        this.output = new Shaping(null, template);
        return this;
    }

    Made within(@Nullable Span span) {
        this.timeout = span == null ? null : new Timeout(span);
        return this;
    }

    Made then(Then next) {
        this.then = next;
        return this;
    }

    Made undoneBy(@Nullable Task task) {
        this.compensation = task;
        return this;
    }

    Made described(Metadata said) {
        this.metadata = said;
        return this;
    }

    Task task() {
        return new Task(
                name,
                pointer,
                condition,
                input,
                body,
                output,
                Shaping.NONE,
                timeout,
                then,
                Literals.json(at),
                compensation,
                List.of(),
                compensation == null
                        ? metadata
                        : new Metadata(metadata.json().deepCopy().put("compensateWith", "current")));
    }
}
