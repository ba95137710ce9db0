package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Errors;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Correlation;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.jq.CanonicalJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code listen} that has not had enough.
 *
 * <p>An event counts once, for the first of the filters that wants it; it is known by its source and id. Events that
 * this instance has consumed before this task was begun are not meant. What correlations without {@code expect} give of
 * the first event that counts is what they must give of all others; so do correlations of the same name in other
 * filters. Events that are to be worked on one by one wait in the order in which they came.
 */
final class Listening extends Frame {

    private final ListenOp listen;
    private long token;
    private List<Effect.Wanted> wanted = List.of();
    private final Map<String, JsonNode> pins = new LinkedHashMap<>(4);
    private final List<Long> counted = new ArrayList<>(1);
    private final List<Long> endedBy = new ArrayList<>(0);
    private final BitSet satisfied = new BitSet();
    private final List<JsonNode> made = new ArrayList<>(1);
    private final Deque<JsonNode> queue = new ArrayDeque<>(0);
    private @Nullable JsonNode item;
    private int index;
    private boolean enough;

    Listening(Run run, ListenOp op, long token) {
        super(run, op);
        this.listen = op;
        this.token = token;
    }

    Listening(ListenOp op, Frame parent) {
        super(op, parent);
        this.listen = op;
    }

    @Override
    FrameKind kind() {
        return FrameKind.LISTENING;
    }

    @Override
    boolean awaits(long awaited) {
        return token == awaited;
    }

    void begin(Run run) throws Failed {
        if (listen.body.within() != null) {
            wake = run.after(run.expressions.millis(listen.body.within()));
        }
        listen(run);
        run.lifecycle.correlationStarted();
        run.pause();
    }

    /** Subscribes to what the document wants as it is now. */
    private void listen(Run run) throws Failed {
        List<Effect.Wanted> all = new ArrayList<>();
        for (EventFilter filter : listen.allFilters()) {
            List<JsonNode> values = new ArrayList<>(filter.correlations().size());
            for (Correlation correlation : filter.correlations()) {
                if (correlation.expect() != null) {
                    JsonNode value = run.expressions.render(correlation.expect(), input);
                    values.add(value);
                    pins.putIfAbsent(correlation.key(), value);
                }
            }
            all.add(new Effect.Wanted(filter.index(), values));
        }
        wanted = all;
        subscribe(run);
    }

    /**
     * Goes on listening by another definition, by a token of its own: events on their way name filters of the old one.
     * Those that are held are for the filter that stands in its place.
     */
    void listenAnew(Run run, Listening before) throws Failed {
        if (!enough) {
            run.focus(this);
            String old = token(run.instance);
            token = run.newToken();
            List<Signal> held = List.copyOf(run.instance.held);
            run.instance.held.clear();
            for (Signal signal : held) {
                boolean mine =
                        signal instanceof Signal.Event event && event.token().equals(old);
                run.instance.held.add(mine ? renamed(run, (Signal.Event) signal, before) : signal);
            }
            listen(run);
        }
        run.pause();
    }

    private Signal renamed(Run run, Signal.Event event, Listening before) {
        int position = before.position(event.filter());
        return position < 0
                ? event
                : new Signal.Event(token(run.instance), filter(position).index(), event.event());
    }

    /** Returns the text by which its token is known outside. */
    String token(Instance instance) {
        return instance.token(token);
    }

    private void subscribe(Run run) {
        run.does(subscription(run.instance));
    }

    private Effect.Subscribe subscription(Instance instance) {
        long since = listen.sinceItBegan ? startedAt : instance.startedAt;
        return new Effect.Subscribe(instance.token(token), since, wanted);
    }

    /** Returns what is still waited for. */
    Optional<Effect.Subscribe> open(Instance instance) {
        return enough ? Optional.empty() : Optional.of(subscription(instance));
    }

    @Override
    void withdraw(Run run) {
        if (!enough && !wanted.isEmpty()) {
            unsubscribe(run);
        }
    }

    private void unsubscribe(Run run) {
        run.does(new Effect.Unsubscribe(run.instance.token(token), wanted));
    }

    /** Takes an event, if it is meant. */
    void take(Run run, int filterIndex, ObjectNode event) throws Failed {
        run.focus(this);
        if (counts(run, filterIndex, event)) {
            goOn(run);
        } else {
            run.pause();
        }
    }

    private boolean counts(Run run, int filterIndex, ObjectNode event) throws Failed {
        int position = position(filterIndex);
        if (enough || position < 0) {
            return false;
        }
        boolean ends = position >= listen.filters.size();
        long key = EventKey.of(event);
        if (endedBy.contains(key) || (!ends && counted.contains(key))) {
            return false;
        }
        Await.Kind kind = ends
                ? Objects.requireNonNull(listen.untilEvents()).kind()
                : listen.body.events().kind();
        if ((kind == Await.Kind.ALL && satisfied.get(position))
                || run.instance.consumed.isTaken(key, token)
                || !wants(run, filter(position), event)) {
            return false;
        }
        run.instance.consumed.take(key, run.instance.tokens);
        satisfied.set(position);
        if (ends) {
            endedBy.add(key);
            takeBack(key);
            enough = kind != Await.Kind.ALL
                    || areSatisfied(listen.filters.size(), listen.allFilters().size());
        } else {
            counted.add(key);
            read(run, EventReading.read(listen.body.read(), event));
            enough = enough || isEnough(kind);
        }
        if (enough) {
            unsubscribe(run);
        }
        return true;
    }

    /** An event that ends the task is not read, even if it was taken for one to read just before. */
    private void takeBack(long key) {
        int last = counted.size() - 1;
        if (last < 0 || counted.get(last) != key) {
            return;
        }
        if (listen.each == null) {
            made.remove(made.size() - 1);
        } else {
            queue.pollLast();
        }
        counted.remove(last);
    }

    /** No more events are waited for; what is being done for one comes to its end. */
    @Override
    void awake(Run run) throws Failed {
        wake = NEVER;
        run.focus(this);
        if (!enough) {
            enough = true;
            unsubscribe(run);
        }
        queue.clear();
        goOn(run);
    }

    private int position(int filterIndex) {
        List<EventFilter> main = listen.filters;
        for (int i = 0; i < main.size(); i++) {
            if (main.get(i).index() == filterIndex) {
                return i;
            }
        }
        List<EventFilter> until = listen.untilFilters;
        for (int i = 0; i < until.size(); i++) {
            if (until.get(i).index() == filterIndex) {
                return main.size() + i;
            }
        }
        return -1;
    }

    private EventFilter filter(int position) {
        int main = listen.filters.size();
        return position < main ? listen.filters.get(position) : listen.untilFilters.get(position - main);
    }

    private boolean areSatisfied(int from, int to) {
        return satisfied.nextClearBit(from) >= to;
    }

    private boolean isEnough(Await.Kind kind) {
        return switch (kind) {
            case ONE -> true;
            case ALL -> areSatisfied(0, listen.filters.size());
            case ANY -> listen.body.events().until() == null;
        };
    }

    /** Asks what only the instance can tell, and keeps what correlations gave if the event is wanted. */
    private boolean wants(Run run, EventFilter filter, ObjectNode event) {
        for (Test test : filter.tests()) {
            if (test instanceof Test.Holds holds && holds.needsInstance() && !run.expressions.accepts(holds, event)) {
                return false;
            }
        }
        Map<String, JsonNode> found = null;
        for (Correlation correlation : filter.correlations()) {
            if (correlation.expect() == null) {
                JsonNode value = run.expressions.extract(correlation.from(), event);
                JsonNode pinned = pins.get(correlation.key());
                if (value.isNull() || (pinned != null && !CanonicalJson.areEqual(pinned, value))) {
                    return false;
                }
                found = found == null ? new LinkedHashMap<>(4) : found;
                found.put(correlation.key(), value);
            }
        }
        if (found != null) {
            found.forEach(pins::putIfAbsent);
        }
        return true;
    }

    private void read(Run run, JsonNode value) throws Failed {
        if (listen.each == null) {
            made.add(value);
            askWhetherEnough(run);
            return;
        }
        if (queue.size() >= run.around.limits().events()) {
            throw new Failed(
                    Errors.RUNTIME,
                    op.pointer,
                    "found more than " + run.around.limits().events() + " events that wait for their turn");
        }
        queue.add(value);
    }

    private void askWhetherEnough(Run run) throws Failed {
        if (!enough && listen.body.events().until() instanceof Await.Until.True until) {
            run.focus(this);
            enough = run.expressions.test(until.condition(), array());
        }
    }

    /** Begins with the next event where there is one, or ends. */
    private void goOn(Run run) throws Failed {
        Scope each = listen.each;
        if (item != null) {
            run.pause();
            return;
        }
        if (each != null && !queue.isEmpty()) {
            item = queue.remove();
            run.focus(this);
            run.go(each, item);
        } else if (enough) {
            run.pop(this);
            run.lifecycle.correlationCompleted();
            run.finish(op, array(), Run.NO_CASE);
        } else {
            run.pause();
        }
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(made.size());
        return array.addAll(made);
    }

    /** What is done for one event is done. */
    @Override
    void leave(Run run) throws Failed {
        run.focus(this);
        Body.Foreach foreach = Objects.requireNonNull(listen.body.foreach());
        JsonNode output = run.expressions.shapedOutput(foreach.output(), run.data);
        Shaping export = foreach.export();
        if (export.as() != null) {
            branch.context = run.expressions.shapedOutput(export, output);
        }
        made.add(output);
        boolean before = enough;
        askWhetherEnough(run);
        if (enough && !before) {
            unsubscribe(run);
            queue.clear();
        }
        item = null;
        index++;
        goOn(run);
    }

    @Override
    @Nullable
    JsonNode local(String name) {
        Body.Foreach foreach = listen.body.foreach();
        if (foreach == null || item == null) {
            return null;
        }
        return name.equals(foreach.item()) ? item : name.equals(foreach.at()) ? IntNode.valueOf(index) : null;
    }

    @Override
    void write(InstanceWriter out) {
        out.number(token);
        out.number(wanted.size());
        wanted.forEach(one -> out.jsons(one.values()));
        out.number(pins.size());
        pins.forEach((key, value) -> {
            out.text(key);
            out.json(value);
        });
        out.number(counted.size());
        counted.forEach(out::fixed);
        out.number(endedBy.size());
        endedBy.forEach(out::fixed);
        out.number(satisfied.cardinality());
        satisfied.stream().forEach(out::number);
        out.jsons(made);
        out.jsons(queue);
        out.flag(item != null);
        if (item != null) {
            out.json(item);
        }
        out.number(index);
        out.flag(enough);
    }

    @Override
    void read(InstanceReader in) throws InstanceUnreadable {
        token = in.number();
        List<Effect.Wanted> all = new ArrayList<>();
        List<EventFilter> known = listen.allFilters();
        if (in.count() != known.size()) {
            throw new InstanceUnreadable(op.pointer + " waits for other events than before");
        }
        for (EventFilter filter : known) {
            all.add(new Effect.Wanted(filter.index(), in.jsons()));
        }
        wanted = all;
        for (int left = in.size(); left > 0; left--) {
            String key = in.text();
            pins.put(key, in.json());
        }
        for (int left = in.size(); left > 0; left--) {
            counted.add(in.fixed());
        }
        for (int left = in.size(); left > 0; left--) {
            endedBy.add(in.fixed());
        }
        int filters = listen.allFilters().size();
        for (int left = in.size(); left > 0; left--) {
            satisfied.set(in.upTo(filters));
        }
        made.addAll(in.jsons());
        queue.addAll(in.jsons());
        item = in.flag() ? in.json() : null;
        index = in.count();
        enough = in.flag();
    }
}
