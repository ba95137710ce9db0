package dev.weft.job.cli;

import dev.weft.event.MeshEvent;
import dev.weft.function.Address;
import dev.weft.job.JobConfig;
import dev.weft.job.KnownWorkflows;
import dev.weft.job.Workflows;
import dev.weft.workflow.host.EventRouter;
import dev.weft.workflow.host.ThreadTime;
import dev.weft.workflow.host.UnreadableException;
import dev.weft.workflow.host.WorkflowTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of one event among the workflows of a job. */
final class WorkflowStory {

    private WorkflowStory() {}

    /**
     * Returns what becomes of the event, in words; nothing where no workflow may want it.
     *
     * @param channel the channel it is read from; null for any
     */
    static List<String> of(JobConfig config, @Nullable String channel, MeshEvent event) {
        Workflows workflows = config.functions().workflows().orElse(null);
        if (workflows == null) {
            return List.of();
        }
        Collection<String> from = channel == null ? workflows.reads() : Set.of(channel);
        List<String> told = new ArrayList<>();
        try {
            KnownWorkflows known = KnownWorkflows.of(workflows, List.of());
            new EventRouter(known.book(), known.settings(), ThreadTime.or(System::nanoTime))
                    .route(event, from, System.currentTimeMillis(), message -> told.add(words(message.target())));
        } catch (UnreadableException e) {
            throw new IllegalStateException("what was read just now can be read", e);
        }
        return told.stream().distinct().toList();
    }

    private static String words(Address target) {
        if (target.type().equals(WorkflowTypes.INSTANCE)) {
            return "starts the instance " + target.id() + ", unless it has begun";
        }
        return target.type().equals(WorkflowTypes.SCHEDULE)
                ? "is collected for the next instance of " + target.id()
                : "goes to the instances that wait at " + target.id();
    }
}
