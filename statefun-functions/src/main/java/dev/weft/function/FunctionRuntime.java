package dev.weft.function;

import dev.weft.event.Reason;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionObserver.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages to functions and applies what comes of it. At one address one call is under way at a time; messages
 * that come meanwhile wait, in order, and go together in the next. What a call asks for is applied at once, in one turn
 * of the task's thread, so that a checkpoint has all of it or nothing.
 *
 * <p>A message has been taken when its call has been applied; until then it is {@linkplain #unfinished unfinished}, and
 * a checkpoint holds it as a message on its way.
 *
 * <p>What a call of several messages asks for belongs to the trace of the last of them, as nobody can tell whose it is.
 *
 * <p>Used by the task's thread.
 */
public final class FunctionRuntime {

    /*
     * A message for an address where nothing is under way is called with nothing more than a call's own objects; where
     * the answer comes at once, that is all. Only a call that takes time, or fails, gets a line, in which what comes
     * for its address waits.
     *
     * Lines whose next call may begin are in their room's queue, and begin() takes them from there, in a loop: nothing
     * here calls itself, however long a chain of calls is that are answered at once.
     *
     * What can be wrong with an answer is found before any of it is applied.
     */

    private final FunctionCatalog catalog;
    private final Rows rows;
    private final FunctionHost host;
    private final FunctionObserver observer;
    private final long memoryBytes;
    private final Map<FunctionType, Kind> kinds = new HashMap<>();
    private final Map<Entry, Room> rooms = new HashMap<>();
    private final Map<Address, Line> lines = new LinkedHashMap<>();
    private final BiConsumer<Call, Answer> late = this::answeredLate;
    private long waitingBytes;

    /**
     * Makes a runtime to which no message has come yet.
     *
     * @param memoryBytes how much may wait for calls, the messages of calls under way included, before it
     *     {@link #isFull}
     */
    public FunctionRuntime(
            FunctionCatalog catalog, Rows rows, FunctionHost host, FunctionObserver observer, long memoryBytes) {
        this.catalog = catalog;
        this.rows = rows;
        this.host = host;
        this.observer = observer;
        this.memoryBytes = memoryBytes;
    }

    /** Takes a message to its function, now or when its turn comes. */
    public void take(Message message) {
        Address address = message.target();
        Kind kind = kind(address.type());
        if (kind == null) {
            host.deadLetter(
                    message, Reason.UNKNOWN_FUNCTION, "found no function of type " + address.type() + " in the job");
            return;
        }
        Line line = lines.isEmpty() ? null : lines.get(address);
        if (line == null && kind.room.hasPlace()) {
            begin(kind, address, List.of(message), null);
            if (!lines.isEmpty()) {
                begin(kind.room);
            }
            return;
        }
        if (line == null) {
            line = open(kind, address);
            kind.room.add(line);
        }
        line.add(message);
        waitingBytes += message.weight();
        observer.waiting(kind.type, 1);
    }

    /** Sends what functions of that id wanted to be sent by now. */
    public void wakeDelays(String id) {
        DelayRow row = rows.delaysOf(id);
        List<Message> messages = row.takeDue(host.now());
        if (!messages.isEmpty()) {
            rows.changed(id, row);
            messages.forEach(host::send);
        }
    }

    /** Forgets what was to be forgotten at that address by now. */
    public void wake(Address address) {
        AddressRow row = rows.of(address);
        long before = row.valueBytes();
        if (row.expire(host.now())) {
            rows.changed(address, row);
            tellValueBytes(address.type(), row.valueBytes() - before);
        }
    }

    /** Whether so much waits for calls that no further message should be given until some have ended. */
    public boolean isFull() {
        return waitingBytes >= memoryBytes;
    }

    /** Whether nothing waits and no call is under way. */
    public boolean isIdle() {
        return lines.isEmpty();
    }

    /** Gives every message that was taken and is not applied, those of each address in their order. */
    public void unfinished(Consumer<Message> taker) {
        lines.values().forEach(line -> line.unfinished(taker));
    }

    private @Nullable Kind kind(FunctionType type) {
        Kind known = kinds.get(type);
        return known != null ? known : meet(type);
    }

    private @Nullable Kind meet(FunctionType type) {
        Entry entry = catalog.of(type).orElse(null);
        if (entry == null) {
            return null; // nothing is kept of such types, of which there may be any number
        }
        Kind kind = new Kind(type, entry, rooms.computeIfAbsent(entry, key -> new Room(key.terms())));
        kinds.put(type, kind);
        return kind;
    }

    private Line open(Kind kind, Address address) {
        Line line = new Line(kind, address);
        lines.put(address, line);
        return line;
    }

    /** Begins calls as long as there is room for them and somebody is ready. */
    private void begin(Room room) {
        for (Line line = room.next(); line != null; line = room.next()) {
            int waited = line.waiting();
            List<Message> messages = line.take();
            if (line.waiting() != waited) {
                observer.waiting(line.kind.type, line.waiting() - waited);
            }
            begin(line.kind, line.address, messages, line);
        }
    }

    private void begin(Kind kind, Address address, List<Message> messages, @Nullable Line line) {
        AddressRow row = rows.of(address);
        long now = host.now();
        Map<String, @Nullable TypedValue> values = kind.values(row, now);
        boolean touched = row.touch(now);
        Call call = new Call(kind, new Invocation(address, messages, values), host, late);
        call.line = line;
        String mistake = kind.mistake(values);
        Answer answer = mistake != null ? new Answer.Failed(mistake, false) : call.make();
        if (answer != null) {
            call.end();
            settle(call, answer, row, touched, now);
            return;
        }
        if (touched) {
            rows.changed(address, row);
        }
        lineOf(call);
        call.deadline = now + kind.terms.timeout().toMillis();
        kind.room.entered(call);
        observer.underWay(kind.type, 1);
        watch(kind.room, now);
    }

    /** Returns the line of a call, which one that ends at once goes without. */
    private Line lineOf(Call call) {
        Line line = call.line;
        if (line == null) {
            line = open(call.kind, call.invocation.target());
            line.begun(call.messages());
            waitingBytes += weight(call.messages());
            call.line = line;
        }
        return line;
    }

    /** Has somebody look for calls that take too long. */
    private void watch(Room room, long now) {
        Call oldest = room.isWatched ? null : room.oldest();
        if (oldest != null) {
            room.isWatched = true;
            host.later(Math.max(0, oldest.deadline - now), () -> look(room));
        }
    }

    private void look(Room room) {
        room.isWatched = false;
        long now = host.now();
        for (Call call = room.oldest(); call != null && call.deadline <= now; call = room.oldest()) {
            String detail = "no answer within " + room.terms.timeout().toMillis() + " ms";
            settleLate(call, new Answer.Failed(detail, true));
        }
        watch(room, now);
        begin(room);
    }

    private void answeredLate(Call call, Answer answer) {
        settleLate(call, answer);
        begin(call.kind.room);
    }

    private void settleLate(Call call, Answer answer) {
        if (!call.end()) {
            return; // it came too late, or twice
        }
        call.kind.room.left(call);
        observer.underWay(call.kind.type, -1);
        settle(call, answer, rows.of(call.invocation.target()), false, host.now());
    }

    /**
     * Does what an answer says.
     *
     * @param row the address's, as it is
     * @param touched whether it was changed, and nobody was told yet
     */
    private void settle(Call call, Answer answer, AddressRow row, boolean touched, long now) {
        if (answer instanceof Answer.Done done) {
            String mistake = call.kind.mistake(done.effects(), row, now);
            if (mistake == null) {
                apply(call, done.effects(), row, touched, now);
                tell(call, Outcome.DONE);
                finished(call);
                return;
            }
            answer = new Answer.Failed(mistake, false);
        }
        if (touched) {
            rows.changed(call.invocation.target(), row);
        }
        Answer.Failed failure =
                answer instanceof Answer.Undeclared undeclared ? declare(call, undeclared) : (Answer.Failed) answer;
        if (failure == null) {
            tell(call, Outcome.UNDECLARED);
            call.kind.room.addFirst(lineOf(call));
        } else {
            failed(call, failure);
        }
    }

    private void apply(Call call, Effects effects, AddressRow row, boolean touched, long now) {
        Address address = call.invocation.target();
        Message cause = call.messages().get(call.messages().size() - 1);
        for (Effects.Send send : effects.sends()) {
            host.send(new Message(send.target(), address, send.argument(), cause.trace()));
        }
        AddressRow live = row;
        boolean changed = touched;
        if (!effects.delays().isEmpty()) {
            if (changed) {
                rows.changed(address, row);
                changed = false;
            }
            delay(address, effects.delays(), cause, now);
            live = rows.of(address);
        }
        for (Effects.Egress egress : effects.egresses()) {
            host.egress(address, egress, cause);
        }
        if (!effects.changes().isEmpty()) {
            long before = live.valueBytes();
            call.kind.apply(effects.changes(), live, now);
            changed = true;
            tellValueBytes(address.type(), live.valueBytes() - before);
        }
        if (changed) {
            rows.changed(address, live);
        }
    }

    private void delay(Address sender, List<Effects.Delay> delays, Message cause, long now) {
        DelayRow row = rows.delaysOf(sender.id());
        boolean changed = false;
        for (Effects.Delay delay : delays) {
            if (delay instanceof Effects.Later later) {
                long due = later.millis() > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + later.millis();
                row.add(new Message(later.target(), sender, later.argument(), cause.trace()), due, later.token());
                changed = true;
            } else if (delay instanceof Effects.Cancel cancel) {
                changed |= row.cancel(cancel.token());
            }
        }
        if (changed) {
            rows.changed(sender.id(), row);
        }
    }

    /** Notes what a function says it keeps. Returns why that cannot go on, or null where it can be called again. */
    private static Answer.@Nullable Failed declare(Call call, Answer.Undeclared undeclared) {
        Kind kind = call.kind;
        boolean isNews = false;
        for (ValueDeclaration declaration : undeclared.missing()) {
            // Known by now is not known then: calls of other addresses may have been told the same meanwhile.
            isNews |= !call.values().containsKey(declaration.name());
            kind.declare(declaration);
        }
        if (!isNews) {
            return new Answer.Failed("the function asked for values that it was given", true);
        }
        return kind.declared() <= Kind.MOST_VALUES
                ? null
                : new Answer.Failed("the function declares more than " + Kind.MOST_VALUES + " values", false);
    }

    private void failed(Call call, Answer.Failed failure) {
        Line line = lineOf(call);
        FunctionTerms terms = call.kind.terms;
        List<Message> messages = call.messages();
        if (messages.size() > 1) {
            tell(call, Outcome.RETRIED);
            line.split();
            observer.waiting(call.kind.type, messages.size());
            pause(line, failure.isWorthRetrying() ? terms.delay(1) : 0);
            return;
        }
        int failures = line.failed();
        if (failure.isWorthRetrying() && failures < terms.maxAttempts()) {
            tell(call, Outcome.RETRIED);
            pause(line, terms.delay(failures));
            return;
        }
        tell(call, Outcome.GIVEN_UP);
        String times = failures == 1 ? "once" : failures + " times";
        host.deadLetter(
                messages.get(0),
                Reason.FUNCTION_FAILED,
                "call of " + line.address + " failed " + times + ", lastly: " + failure.detail());
        finished(call);
    }

    private void pause(Line line, long millis) {
        Room room = line.kind.room;
        if (millis == 0) {
            room.add(line);
            return;
        }
        host.later(millis, () -> {
            room.add(line);
            begin(room);
        });
    }

    /** Notes that the messages of a call are done with, and has the next ones of its address take their turn. */
    private void finished(Call call) {
        Line line = call.line;
        if (line == null) {
            return;
        }
        waitingBytes -= weight(call.messages());
        line.done();
        if (line.isEmpty()) {
            lines.remove(line.address);
        } else {
            line.kind.room.add(line);
        }
    }

    private static long weight(List<Message> messages) {
        long weight = 0;
        for (Message message : messages) {
            weight += message.weight();
        }
        return weight;
    }

    private void tell(Call call, Outcome outcome) {
        observer.called(call.kind.type, call.messages().size(), host.nanoTime() - call.began, outcome);
    }

    private void tellValueBytes(FunctionType type, long more) {
        if (more != 0) {
            observer.valueBytes(type, more);
        }
    }
}
