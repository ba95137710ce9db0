package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.WorkflowError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may happen to an instance. One whose token is not awaited any more changes nothing. */
public sealed interface Signal {

    /**
     * It begins. One that has begun already, or has ended and is remembered, does not begin again.
     *
     * @param parent who waits for its end; null for nobody
     * @param cause the trace parent of what began it; null for none
     */
    record Start(
            String instance,
            JsonNode input,
            @Nullable Parent parent,
            @Nullable String cause) implements Signal {}

    /** The instance that waits, and by which token it knows what for. */
    record Parent(String instance, String token) {}

    /**
     * An event came that a filter of the definition may want.
     *
     * @param token of the {@link Effect.Subscribe}
     * @param filter its index
     * @param event its envelope with {@code data}, as JSON
     */
    record Event(String token, int filter, ObjectNode event) implements Signal {}

    /** A call came to its end. Just one of result and error is there. */
    record CallEnded(
            String token,
            @Nullable JsonNode result,
            @Nullable WorkflowError error) implements Signal {}

    /** An instance that this one began has ended. */
    record ChildEnded(
            String token,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) implements Signal {}

    /** It may be time for something; by the time that the surroundings tell. */
    record Wake() implements Signal {}

    /** It has used up what one activation may do, and goes on. */
    record GoOn() implements Signal {}

    /** It is to end now, whatever it does; its children as well. */
    record Cancel(String reason) implements Signal {}

    /** It is to do nothing until it is resumed. What comes in the meantime is kept. */
    record Suspend(String reason) implements Signal {}

    /** It goes on. */
    record Resume() implements Signal {}

    /** It takes back what has completed, and ends as faulted. */
    record Compensate(String reason) implements Signal {}

    /**
     * It goes back to a task of its outermost list, with what it had when it came there first; only if that is among
     * its {@linkplain Instance#resetPoints() reset points}.
     */
    record Reset(String pointer) implements Signal {}

    /**
     * It goes on by another definition; if there are obstacles it stays as it is. Of the effects,
     * {@link Effect.Unsubscribe} is about filters of the old definition, and {@link Effect.Subscribe} about those of
     * the new.
     *
     * @param tasks pointers of the old definition and what they are in the new; what is not there stays as it is
     */
    record Migrate(Program to, Map<String, String> tasks) implements Signal {

        /** Returns why an instance cannot go on by it, in words; nothing where it can. */
        public List<String> obstacles(Instance instance) {
            return Migration.obstacles(instance, this);
        }
    }
}
