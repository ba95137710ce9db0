package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Definition;
import dev.weft.workflow.Task;

/** What takes back what a task has done, compiled. */
record Compensation(Scope scope, Policy policy) {

    /** The key of a task's metadata that says the policy. */
    static final String METADATA = "compensateWith";

    /** Which data it gets. */
    enum Policy {
        /** What the task made. What the compensation makes is of no interest. */
        OUTPUT,
        /** What the task got. What the compensation makes is of no interest. */
        INPUT,
        /** What the flow has come to; what the compensation makes of it goes on. As documents of 0.8 have it. */
        CURRENT
    }

    /** Returns what the task's metadata say, and otherwise what documents of that kind mean. */
    static Policy policyOf(Task task, Definition definition) {
        return switch (task.metadata().json().path(METADATA).asText()) {
            case "output" -> Policy.OUTPUT;
            case "input" -> Policy.INPUT;
            case "current" -> Policy.CURRENT;
            default -> definition.document().has("document") ? Policy.OUTPUT : Policy.CURRENT;
        };
    }

    /** Something that has completed and can be taken back. */
    record Registered(Op op, JsonNode data) {}
}
