package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Location;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import org.jspecify.annotations.Nullable;

/** Something that happens in a scenario. Whatever needs no time follows at once, before the next move. */
public sealed interface Move {

    /** Returns where it is written. */
    Location at();

    /**
     * An instance is asked to begin.
     *
     * @param instance its id
     * @param workflow namespace and name of what it is to be an instance of
     * @param version null for the newest
     */
    record Start(
            Location at,
            String instance,
            DefinitionId workflow,
            @Nullable String version,
            JsonNode input) implements Move {}

    /**
     * An event comes.
     *
     * @param event its envelope with {@code data}; without {@code time} it has that of the story's clock
     * @param topic of Kafka by which it comes
     */
    record Event(Location at, ObjectNode event, String topic) implements Move {}

    /** Time passes, and what becomes due happens at its time. */
    record Advance(Location at, long millis) implements Move {}

    /** As {@link Advance}, to that moment, in milliseconds since 1970; at once if it has passed. */
    record AdvanceTo(Location at, long time) implements Move {}

    /** Time passes, in milliseconds, in which nothing runs; what became due in it happens afterwards. */
    record Stall(Location at, long millis) implements Move {}

    /**
     * Somebody asks something of an instance.
     *
     * @param command as in {@code dev.weft.workflow.cancel}
     * @param arguments the rest of the command's data
     */
    record Command(Location at, String command, Who who, ObjectNode arguments) implements Move {}

    /**
     * An instance.
     *
     * @param id null where its number is known
     * @param number among those that have begun, from 1
     */
    record Who(@Nullable String id, int number) {}

    /** The oldest of the calls that wait for an answer and are meant gets one. */
    record Reply(Location at, CallPattern call, Answer answer) implements Move {}

    /** There is a new definition; where it has the name of another and a higher version, it is now the newest. */
    record Deploy(Location at, Definition definition) implements Move {}

    /** It is looked whether all is as it should be. */
    record Check(Location at, Expectation expected) implements Move {}
}
