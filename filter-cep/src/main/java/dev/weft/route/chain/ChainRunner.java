package dev.weft.route.chain;

import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads events through one {@link Chain}, step by step in order, until one of them ends the event's way or its answer
 * lies in a memory kept elsewhere. Steps behind the end cost nothing. Not safe for use by several threads.
 */
public final class ChainRunner {

    private final List<Stage> stages = new ArrayList<>();

    /**
     * Makes a runner.
     *
     * @param route the name under which remembering steps keep their memory
     * @param maxBytes the most bytes of key, headers and value together that an event made by a step may have
     */
    public ChainRunner(String route, Chain chain, int maxBytes) {
        Staging staging = new Staging(route, maxBytes);
        chain.steps().forEach(step -> stages.add(step.in(staging)));
    }

    /**
     * Leads an event through the steps and tells {@code course} what becomes of it.
     *
     * @param from the place of the first step to be asked, from 0
     * @param time the event's, in milliseconds since 1970
     */
    public void run(MeshEvent event, int from, long time, Course course) {
        MeshEvent current = event;
        for (int i = from; i < stages.size(); i++) {
            MeshEvent next = stages.get(i).take(current, time, i, course);
            if (next == null) {
                return;
            }
            current = next;
            course.passed(i, current);
        }
        course.arrived(current);
    }

    /** Goes on after {@link Course#asked}, once the question has its answer; arguments as they were then. */
    public void resume(boolean passes, MeshEvent event, int step, long time, Course course) {
        if (passes) {
            course.passed(step, event);
            run(event, step + 1, time, course);
        } else {
            course.dropped(step, event);
        }
    }

    /** One step, ready to run. */
    interface Stage {
        /** Returns the event that goes on; null if its way ended here, and then the course was told how. */
        @Nullable
        MeshEvent take(MeshEvent event, long time, int step, Course course);
    }
}
