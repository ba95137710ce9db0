package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Definition;

/**
 * Where a scenario is played: workflows that run somewhere, with a clock that goes on only when it is told. Whatever
 * needs no time has happened when a method returns.
 */
public interface Stage extends AutoCloseable {

    /** Has an instance begin. */
    void start(Move.Start start);

    /** Has an event come by a topic: its envelope with {@code data}, as JSON. */
    void event(ObjectNode event, String topic);

    /** Has a command come: its envelope with {@code data}, as JSON. */
    void command(ObjectNode command);

    /** Has one more definition be known. */
    void deploy(Definition definition);

    /** Lets time pass, in milliseconds; what becomes due happens at its time. */
    void advance(long millis);

    /** Lets time pass, in milliseconds, in which nothing happens. */
    void stall(long millis);

    /** Lets all happen that outcomes of calls allow. */
    void run();

    /** Returns what the clock shows, in milliseconds since 1970. */
    long now();

    /** Returns what there is to see but for calls. */
    Seen seen();

    @Override
    void close();

    /** Returns what sets stages in memory, on the functions that workflows are in a job. */
    static Maker inMemory() {
        return HostStage::new;
    }

    /** Sets a stage. */
    interface Maker {
        /** Returns a stage on which nothing has happened. */
        Stage make(Scenario.Given given, StubbedCalls calls);
    }
}
