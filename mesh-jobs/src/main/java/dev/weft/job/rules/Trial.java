package dev.weft.job.rules;

import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.Dispatcher;
import dev.weft.job.JobConfig;
import dev.weft.route.chain.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one set of rules would make of an event: written down, and sent nowhere. */
final class Trial implements Dispatcher.Outlet {

    private final JobConfig config;
    private final Dispatcher dispatcher;
    private final Set<String> matched = new LinkedHashSet<>();
    private final Set<String> asking = new LinkedHashSet<>();
    private final Map<String, List<WireRecord>> written = new LinkedHashMap<>();

    Trial(JobConfig config) {
        this.config = config;
        this.dispatcher = new Dispatcher(config.routing(), this);
    }

    /** Takes an event in place of the one before it. */
    void take(Received received) {
        matched.clear();
        asking.clear();
        written.clear();
        dispatcher.dispatch(received);
    }

    /** Names of the routes that want the event. */
    Set<String> matched() {
        return matched;
    }

    /** Names of the routes that want it if what they remember lets it pass, which nobody knows any more. */
    Set<String> asking() {
        return asking;
    }

    /** What is written, by the name of the channel. */
    Map<String, List<WireRecord>> written() {
        return written;
    }

    @Override
    public void received() {
        // Counted by whoever compares.
    }

    @Override
    public void matched(int route) {
        matched.add(name(route));
    }

    @Override
    public void expressionFailed(int route) {
        // As a rule that does not match.
    }

    @Override
    public void unmatched() {
        // No route is among those that matched.
    }

    @Override
    public void deliver(int channel, WireRecord record) {
        write(config.channels().get(channel).name(), record);
    }

    @Override
    public void push(int route, String target, MeshEvent event, MeshEvent read) {
        write(target, event.wire());
    }

    @Override
    public void deadLetter(Reason reason, WireRecord record) {
        write(config.deadLetter(), record);
    }

    @Override
    public void stepPassed(int route, int step) {
        // Where it leads to is written.
    }

    @Override
    public void stepDropped(int route, int step) {
        // Nothing is written then.
    }

    @Override
    public void ask(int route, int step, Question question, MeshEvent event, MeshEvent read) {
        asking.add(name(route));
    }

    private String name(int route) {
        return config.routes().get(route).name();
    }

    private void write(String channel, WireRecord record) {
        written.computeIfAbsent(channel, name -> new ArrayList<>()).add(record);
    }
}
