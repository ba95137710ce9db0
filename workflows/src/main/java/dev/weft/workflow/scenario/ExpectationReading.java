package dev.weft.workflow.scenario;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.engine.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads {@code then}. */
final class ExpectationReading {

    private static final List<String> STATUSES = Stream.of(Status.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Problems problems;

    ExpectationReading(Problems problems) {
        this.problems = problems;
    }

    /** Returns what is expected, unless there is a mistake in it. */
    Optional<Expectation> read(Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        instance(fields);
        list(fields, "instances", "an instance", this::instance);
        list(fields, "events", "an event", this::event);
        list(fields, "calls", "a call", this::call);
        list(fields, "lifecycle", "what is told", this::told);
        list(fields, "replies", "a reply", this::reply);
        list(fields, "lost", "a part of a reason", this::text);
        fields.close();
        return node instanceof Mapping mapping && problems.count() == before
                ? Optional.of(new Expectation(mapping))
                : Optional.empty();
    }

    private void instance(Node node) {
        Fields fields = Fields.of(node, problems);
        fields.optional("id").text();
        fields.optional("workflow").text();
        fields.optional("version").text();
        instance(fields);
        fields.close();
    }

    private void instance(Fields fields) {
        fields.optional("status").node("a status").ifPresent(this::status);
        fields.optional("output").node("what the workflow makes");
        fields.optional("outputHas").node("a part of what the workflow makes");
        fields.optional("error").node("an error").ifPresent(this::error);
        list(fields, "tasks", "the pointer of a task", this::text);
        fields.optional("search").fields();
    }

    private void status(Node node) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (!STATUSES.contains(text)) {
            problems.addUnknown(node, "status", text, STATUSES);
        }
    }

    private void error(Node node) {
        if (node instanceof Scalar scalar && (scalar.value() == null || scalar.value() instanceof String)) {
            return;
        }
        Fields fields = Fields.of(node, problems);
        fields.optional("type").text();
        fields.optional("status").integer(0, 999);
        fields.optional("instance").text();
        fields.optional("title").text();
        fields.optional("detail").text();
        fields.close();
    }

    private void event(Node node) {
        if (!(node instanceof Mapping || node instanceof Scalar scalar && scalar.value() instanceof String)) {
            problems.add(node, node.described(), "an event's type, or its attributes");
        }
    }

    private void call(Node node) {
        Fields fields = Fields.of(node, problems);
        fields.optional("method").text();
        fields.optional("uri").text();
        fields.optional("headers").fields();
        fields.optional("body").node("a part of the body");
        fields.optional("authentication").node("who calls");
        fields.optional("key").text();
        fields.optional("answered").flag();
        fields.close();
    }

    private void told(Node node) {
        boolean isType = node instanceof Scalar scalar && scalar.value() instanceof String;
        boolean isPair = node instanceof Mapping mapping
                && mapping.members().size() == 1
                && mapping.members().values().iterator().next() instanceof Scalar;
        if (!isType && !isPair) {
            problems.add(node, node.described(), "a type such as workflow.started, or task.started: /do/0/pay");
        }
    }

    private void reply(Node node) {
        if (node instanceof Mapping mapping && mapping.get("detail") != null) {
            Fields.of(node, problems).optional("detail").text();
        } else {
            Fields.of(node, problems);
        }
    }

    private void text(Node node) {
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String)) {
            problems.add(node, node.described(), "text");
        }
    }

    private void list(Fields fields, String key, String item, Consumer<Node> reading) {
        fields.optional(key).node("a list").ifPresent(node -> {
            if (node instanceof Sequence sequence) {
                sequence.items().forEach(reading);
            } else {
                problems.add(node, node.described(), "a list, [] for none; of " + item + " each");
            }
        });
    }
}
