package dev.weft.job;

import dev.weft.event.DeadLetter;
import dev.weft.event.Expiry;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.function.Message;
import dev.weft.workflow.host.CommandReader;
import dev.weft.workflow.host.EventRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Sends workflows the events that their instances may wait for, and the commands they are given. Not safe for use by
 * several threads.
 */
public final class WorkflowFeed {

    /** By what workflows are named as an ingress, in counts and dead letters. No ingress of a config has that name. */
    public static final String NAME = "weft.workflow";

    private final IngressPlan plan;
    private final Workflows workflows;
    private final EventRouter router;
    private final ByTopic<Set<String>> channels = new ByTopic<>(this::channelsOf);
    private final List<Message> messages = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param nanoTime bounds the time that expressions take
     */
    public WorkflowFeed(IngressPlan plan, Workflows workflows, KnownWorkflows known, LongSupplier nanoTime) {
        this.plan = plan;
        this.workflows = workflows;
        this.router = new EventRouter(known.book(), known.settings(), nanoTime);
    }

    /** Takes an event. Returns whether it is of use to a workflow. */
    boolean take(MeshEvent event, long now, FunctionFeed.Entrance entrance, Dispatcher.Outlet outlet) {
        Set<String> from = channels.of(event.origin().topic());
        if (from.isEmpty()) {
            return false;
        }
        messages.clear();
        if (workflows.commands() != null && from.contains(workflows.commands())) {
            command(event, now, entrance, outlet);
        }
        router.route(event, from, now, messages::add);
        if (messages.isEmpty()) {
            return false;
        }
        if (Expiry.isOver(event, now)) {
            bury(event, Reason.EXPIRED, "its expirytime passed before a workflow saw it", entrance, outlet);
        } else {
            messages.forEach(message -> entrance.message(NAME, message));
        }
        return true;
    }

    /** Replies stand on the same channel. */
    private void command(MeshEvent event, long now, FunctionFeed.Entrance entrance, Dispatcher.Outlet outlet) {
        if (event.getType().equals(CommandReader.REPLY)) {
            return;
        }
        try {
            messages.add(CommandReader.read(event, now));
        } catch (CommandReader.RefusedCommand refused) {
            bury(event, Reason.COMMAND_REFUSED, String.valueOf(refused.getMessage()), entrance, outlet);
        }
    }

    private void bury(
            MeshEvent event, Reason reason, String detail, FunctionFeed.Entrance entrance, Dispatcher.Outlet outlet) {
        entrance.lost(NAME);
        Map<String, String> told = Map.of(FunctionFeed.INGRESS, NAME);
        outlet.deadLetter(reason, DeadLetter.of(event, reason, detail, plan.job(), told));
    }

    /** Returns those channels that are read for workflows. */
    private Set<String> channelsOf(String topic) {
        Set<String> read = workflows.reads();
        return plan.channels().stream()
                .filter(channel -> channel.topics().covers(topic))
                .map(ChannelConfig::name)
                .filter(read::contains)
                .collect(Collectors.toSet());
    }
}
