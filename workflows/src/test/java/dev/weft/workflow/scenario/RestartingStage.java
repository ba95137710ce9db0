package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Definition;

/** Functions that are stopped after each move and begin again with what is kept. */
final class RestartingStage implements Stage {

    private final HostStage stage;

    RestartingStage(Scenario.Given given, StubbedCalls calls) {
        stage = new HostStage(given, calls);
    }

    @Override
    public void start(Move.Start start) {
        stage.start(start);
        stage.restart();
    }

    @Override
    public void event(ObjectNode event, String topic) {
        stage.event(event, topic);
        stage.restart();
    }

    @Override
    public void command(ObjectNode command) {
        stage.command(command);
        stage.restart();
    }

    @Override
    public void deploy(Definition definition) {
        stage.deploy(definition);
    }

    @Override
    public void advance(long millis) {
        stage.advance(millis);
        stage.restart();
    }

    @Override
    public void stall(long millis) {
        stage.stall(millis);
    }

    @Override
    public void run() {
        stage.run();
        stage.restart();
    }

    @Override
    public long now() {
        return stage.now();
    }

    @Override
    public Seen seen() {
        return stage.seen();
    }

    @Override
    public void close() {
        stage.close();
    }
}
