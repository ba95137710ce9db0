package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.call.CallRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an instance wants done. All effects of a step are done, together with the change of what is kept, or none.
 * Their ids are functions of the instance, the task, how often it was visited, and the attempt: the same step done
 * again has the same ids.
 */
public sealed interface Effect {

    /**
     * An event goes out.
     *
     * @param event the whole envelope with {@code data}, as JSON; its id is stable
     */
    record Emit(ObjectNode event) implements Effect {}

    /**
     * Events of these filters are to come as {@link Signal.Event}, with this token.
     *
     * @param token unique for the activation of the task
     * @param since events that came earlier are not meant, in milliseconds since 1970
     * @param wanted one for each filter
     */
    record Subscribe(String token, long since, List<Wanted> wanted) implements Effect {}

    /**
     * A filter, with what it expects.
     *
     * @param filter its index in the definition
     * @param values what its correlations must give, those with an {@code expect} only, in their order; empty where
     *     there are none
     */
    record Wanted(int filter, List<JsonNode> values) {}

    /** Events with that token are not meant any more. */
    record Unsubscribe(String token, List<Wanted> wanted) implements Effect {}

    /** Something outside is to be called; {@link Signal.CallEnded} follows. */
    record Call(String token, CallRequest request) implements Effect {}

    /** A call's end is of no interest any more; it may or may not be made. */
    record CancelCall(String token) implements Effect {}

    /**
     * Another instance begins.
     *
     * @param parent who waits for its end: this instance, or who waits for this one where the other takes its place;
     *     null for nobody
     * @param instance its id, which is stable
     * @param version null for the newest
     */
    record StartChild(
            Signal.@Nullable Parent parent,
            String instance,
            String namespace,
            String name,
            @Nullable String version,
            JsonNode input)
            implements Effect {

        /** Returns whether the other takes the place of that one, for whoever waits for its end. */
        public boolean succeeds(String self) {
            return parent != null && !parent.instance().equals(self);
        }
    }

    /** An instance that this one began is to end. */
    record CancelChild(String instance, String reason) implements Effect {}

    /** A {@link Signal.Wake} is to come at that time, in milliseconds since 1970; any other is forgotten. */
    record WakeAt(long millis) implements Effect {}

    /** No {@link Signal.Wake} is wanted. */
    record NoWake() implements Effect {}

    /** A {@link Signal.GoOn} is to come soon. */
    record GoOnSoon() implements Effect {}

    /**
     * Something happened in the life of the instance or of a task, for whoever looks.
     *
     * @param type of the CloudEvent without the common prefix, such as {@code workflow.started}
     * @param data of the CloudEvent, as the specification has it
     * @param id stable
     */
    record Lifecycle(String type, String id, ObjectNode data) implements Effect {}

    /** The instance has ended. Whoever waits for it is to be told; just one of output and error is there. */
    record Ended(
            Status status,
            Signal.@Nullable Parent parent,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) implements Effect {}
}
