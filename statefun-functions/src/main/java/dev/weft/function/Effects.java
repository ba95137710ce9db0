package dev.weft.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for. Applied in this order: messages, delayed messages and cancellations, egresses, values.
 *
 * @param sends the function's address is their caller
 * @param delays in the order in which the function asked for them
 */
public record Effects(List<Send> sends, List<Delay> delays, List<Egress> egresses, List<Change> changes) {

    public static final Effects NONE = new Effects(List.of(), List.of(), List.of(), List.of());

    /** A message to be sent now. */
    public record Send(Address target, TypedValue argument) {}

    /** Of messages to be sent later. */
    public sealed interface Delay permits Later, Cancel {}

    /**
     * A message to be sent later.
     *
     * @param millis from now; not negative
     * @param token by which it can be taken back; null for none
     */
    public record Later(
            long millis,
            Address target,
            TypedValue argument,
            @Nullable String token) implements Delay {}

    /** Takes back what was to be sent later by any function of the same id. */
    public record Cancel(String token) implements Delay {}

    /** Something for the world outside. */
    public record Egress(FunctionType egress, TypedValue value) {}

    /**
     * A value is another.
     *
     * @param value null where it is removed
     */
    public record Change(String name, @Nullable TypedValue value) {}
}
