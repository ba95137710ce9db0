package dev.weft.workflow;

import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a task does. Expressions that are not said otherwise see the task's (shaped) input. */
public sealed interface Body {

    /** One after the other; each gets what the one before made. */
    record Do(List<Task> tasks) implements Body {}

    /** Replaces the data. */
    record Set(Template value) implements Body {}

    /**
     * Goes to the first case that holds; where none does, on to the task's own {@code then}.
     *
     * @param cases in order; the one without a condition holds if no other does
     */
    record Switch(List<Case> cases) implements Body {}

    /** Of a {@link Switch}. */
    record Case(String name, @Nullable Jq when, Then then) {}

    /**
     * For each element: the first time with the task's input, then with what the iteration before made.
     *
     * @param each the variable that holds the element, without {@code $}
     * @param at the variable that holds its number, from 0
     * @param in gives an array
     * @param whilst asked before each iteration; null for always
     */
    record For(
            String each, String at, Template in, @Nullable Jq whilst, List<Task> tasks) implements Body {}

    /**
     * For each element, side by side and all with the task's input; what they make comes in an array in the order of
     * the elements. Of 0.8.
     *
     * @param batch how many at once; null for all
     */
    record ForEach(
            String each, String at, Template in, @Nullable Integer batch, List<Task> tasks) implements Body {}

    /**
     * Side by side, all with the task's input.
     *
     * @param need how many must complete; the branches still running then are cancelled. Not more than branches
     * @param competes whether the output is that of the winner; otherwise an array in the order of declaration, with
     *     null for branches that did not complete
     */
    record Fork(List<Task> branches, int need, boolean competes) implements Body {}

    /**
     * Does tasks, and something else where they fail.
     *
     * @param matches which errors are caught
     * @param as the variable that holds the error
     * @param retry null for none
     * @param handler done after the last retry; may be empty
     * @param then where the flow goes after an error was caught; null for the task's own
     */
    record Try(
            List<Task> tasks,
            ErrorMatch matches,
            String as,
            @Nullable Jq when,
            @Nullable Jq exceptWhen,
            @Nullable Retry retry,
            List<Task> handler,
            @Nullable Then then)
            implements Body {}

    /** Which errors are meant; null for any. Types are compared by {@link Errors#BASES} as equals. */
    record ErrorMatch(
            @Nullable String type,
            @Nullable Integer status,
            @Nullable String instance,
            @Nullable String title,
            @Nullable String detail) {}

    /**
     * How often and when a failed {@link Try} is tried again. Conditions see the error.
     *
     * @param growth of the delay from one attempt to the next
     * @param factor by which an {@link Growth#EXPONENTIAL} delay grows each time
     * @param step by which a {@link Growth#LINEAR} delay grows each time; null for the delay itself
     * @param longest what a delay does not exceed; null for no limit but that of the engine
     * @param count the most retries; null for no limit
     * @param attemptDuration after which an attempt is given up; null for never
     * @param duration after which, from the first failure, nothing is tried again; null for never
     */
    record Retry(
            @Nullable Jq when,
            @Nullable Jq exceptWhen,
            Span delay,
            Growth growth,
            double factor,
            @Nullable Span step,
            @Nullable Span longest,
            @Nullable Span jitterFrom,
            @Nullable Span jitterTo,
            @Nullable Integer count,
            @Nullable Span attemptDuration,
            @Nullable Span duration) {}

    /** Of a delay: the same; longer by a step each time; longer by a factor each time. */
    enum Growth {
        CONSTANT,
        LINEAR,
        EXPONENTIAL
    }

    /** Fails with an error. All but type and status may be null; its instance is the task's pointer. */
    record Raise(
            Template type,
            Template status,
            @Nullable Template title,
            @Nullable Template detail) implements Body {}

    /** Waits; makes no change. */
    record Wait(Span span) implements Body {}

    /**
     * Sends an event; its envelope is the output.
     *
     * @param topic of Kafka to which it must go; null for that of the channel to which the definition emits
     */
    record Emit(Template event, @Nullable String topic) implements Body {}

    /**
     * Waits for events. The output is an array of what was read, in the order in which the events came.
     *
     * @param foreach done for each event, one at a time; null for nothing
     * @param within how long it waits at most, and then goes on with what came; null for no such limit
     */
    record Listen(
            Await events,
            Read read,
            @Nullable Foreach foreach,
            @Nullable Span within) implements Body {}

    /** What is read of an event. */
    enum Read {
        DATA,
        ENVELOPE,
        RAW
    }

    /** Of a {@link Listen}. What {@code output.as} makes is what is read. */
    record Foreach(String item, String at, List<Task> tasks, Shaping output, Shaping export) {}

    /**
     * Calls something outside, by the {@link dev.weft.workflow.call} named in {@code kind}.
     *
     * @param kind {@code http}, {@code openapi}, {@code asyncapi} (to publish)
     * @param with the arguments as the specification has them, but uniform: {@code endpoint} of {@code http} is an
     *     object with {@code uri} and perhaps {@code authentication}; an authentication is a whole policy, such as
     *     {@code {bearer: {token: ...}}} or {@code {basic: {use: SECRET}}}, never a name of
     *     {@code use.authentications}. Secrets are in it as expressions that use {@code $secrets}, never as values
     * @param resources documents the call refers to, by the endpoint under which {@code with} does; as JSON
     * @param await whether the answer is waited for; otherwise the output is the task's input, and a failure is
     *     nobody's
     */
    record Call(
            String kind, Template with, Map<String, com.fasterxml.jackson.databind.JsonNode> resources, boolean await)
            implements Body {}

    /** Does a function of the definition, with arguments as its input. */
    record CallFunction(String function, Template with) implements Body {}

    /**
     * Runs another workflow.
     *
     * @param version null for the newest, decided once when it starts
     * @param await whether its output is waited for; otherwise the output is the task's input
     */
    record RunWorkflow(
            String namespace, String name, @Nullable String version, Template input, boolean await) implements Body {}

    /** Takes back all that has completed so far, the last first, and then goes on with the data as it is. */
    record Compensate() implements Body {}

    /** Ends this instance and goes on as another workflow, with the task's input; of 0.8. */
    record ContinueAs(
            String namespace, String name, @Nullable String version) implements Body {}
}
