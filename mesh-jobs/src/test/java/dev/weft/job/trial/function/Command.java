package dev.weft.job.trial.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an interpreter can be told. Commands form trees: what is sent is what the receiver is to do. */
public sealed interface Command {

    /** Takes a number into the state: how many there were and what they sum up to. */
    record Update(long number) implements Command {}

    /** Says a number to the world outside. */
    record Tell(long number) implements Command {}

    /** Has another address do something. */
    record Send(Target to, List<Command> then) implements Command {}

    /**
     * Has another address do something later.
     *
     * @param millis from now
     * @param token by which it can be cancelled; null for none
     */
    record SendLater(Target to, int millis, @Nullable String token, List<Command> then) implements Command {}

    /** Takes back what was to be sent later by the same address. */
    record Cancel(String token) implements Command {}

    /** Does something after a while, and does nothing else meanwhile. */
    record Await(int millis, List<Command> then) implements Command {}

    /** Removes a value where there is one, else sets it. */
    record Toggle() implements Command {}

    /** Says the whole state to the world outside. */
    record Report() implements Command {}

    /** An interpreter. */
    record Target(Kind kind, int number) {

        /** Returns its id; the same number of both kinds is the same id, so that they are neighbours. */
        String id() {
            return "a" + number;
        }

        @Override
        public String toString() {
            return kind.typeName() + "/" + id();
        }
    }

    /** Where an interpreter runs. */
    enum Kind {
        IN_JVM("trial/in-jvm"),
        REMOTE("trial.remote/over-http");

        private final String typeName;

        Kind(String typeName) {
            this.typeName = typeName;
        }

        /** Returns the name of the function's type. */
        public String typeName() {
            return typeName;
        }
    }
}
