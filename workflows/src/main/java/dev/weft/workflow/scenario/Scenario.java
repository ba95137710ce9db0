package dev.weft.workflow.scenario;

import dev.weft.config.Location;
import dev.weft.workflow.Definition;
import dev.weft.workflow.engine.LifecycleLevel;
import java.util.List;
import java.util.Map;

/**
 * A story of workflows: what is given, what happens one after the other, and what is to be seen then.
 *
 * @param at where it is written
 * @param name unique in its file
 * @param moves what happens, in order. What is to be seen at the end is the last of them
 */
public record Scenario(Location at, String name, Given given, List<Move> moves) {

    public Scenario {
        moves = List.copyOf(moves);
    }

    /**
     * What is there before anything happens.
     *
     * @param workflows that can be run
     * @param time when the story begins, in milliseconds since 1970
     * @param secrets by name
     * @param lifecycle how much instances tell of themselves
     * @param stubs what answers calls, in the order in which they are asked
     */
    public record Given(
            List<Definition> workflows,
            long time,
            Map<String, String> secrets,
            LifecycleLevel lifecycle,
            List<Stub> stubs) {

        public Given {
            workflows = List.copyOf(workflows);
            secrets = Map.copyOf(secrets);
            stubs = List.copyOf(stubs);
        }
    }

    /** Returns the scenario as reports name it: {@code file: name}. */
    @Override
    public String toString() {
        return at.file() + ": " + name;
    }
}
