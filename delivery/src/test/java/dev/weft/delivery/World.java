package dev.weft.delivery;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.http.CallFailure;
import dev.weft.http.CallResult;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A courier, the target it delivers to, and a clock that goes on when it is told to. What is to happen happens in the
 * order of its time.
 */
final class World implements Courier.Outlet {

    static final long START = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();

    /** What the target sees. */
    record Call(long time, String id, int attempt) {}

    /** What the target answers, and after how long. */
    record Answer(CallResult result, long millis) {}

    private record Happening(long time, long number, Runnable what) {}

    final List<Call> calls = new ArrayList<>();
    final List<String> delivered = new ArrayList<>();
    final List<String> buried = new ArrayList<>();

    private final Terms terms;
    private final SplittableRandom random;
    private final BiFunction<String, Integer, Answer> target;
    private final Queue<Happening> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Happening::time).thenComparingLong(Happening::number));
    private HeapStore store = new HeapStore();
    private Courier courier;
    private int life;
    private long happenings;
    private long now = START;

    /**
     * Makes a world.
     *
     * @param target answers an attempt, from 1, at the event of an id
     */
    World(Terms terms, long seed, BiFunction<String, Integer, Answer> target) {
        this.terms = terms;
        this.random = new SplittableRandom(seed);
        this.target = target;
        this.courier = begin();
    }

    private Courier begin() {
        Courier begun = new Courier(terms, store, this, random);
        courier = begun;
        begun.restore(now);
        return begun;
    }

    static Answer ok() {
        return status(202);
    }

    static Answer status(int status, HttpHeader... headers) {
        return new Answer(new HttpReply(status, List.of(headers), "said so".getBytes(StandardCharsets.UTF_8)), 1);
    }

    static Answer none(CallFailure.Kind kind) {
        return new Answer(new CallFailure(kind, "it was so"), 1);
    }

    Courier courier() {
        return courier;
    }

    HeapStore store() {
        return store;
    }

    long now() {
        return now;
    }

    void accepts(int bucket, String id, @Nullable String key) {
        accepts(bucket, event(id), key);
    }

    void accepts(int bucket, MeshEvent event, @Nullable String key) {
        Parcel parcel = Parcel.of("route", terms.target(), event, event, key).accepted(now);
        if (courier.isFull()) {
            courier.refuse(parcel);
        } else {
            courier.accept(bucket, parcel, now);
        }
    }

    static MeshEvent event(String id) {
        return event(id, Map.of());
    }

    static MeshEvent event(String id, Map<String, String> extensions) {
        Map<String, String> attributes = new LinkedHashMap<>(Map.of("specversion", "1.0", "source", "/test"));
        attributes.put("id", id);
        attributes.put("type", "test");
        attributes.putAll(extensions);
        WireHeaders.Builder headers = new WireHeaders.Builder();
        attributes.forEach((name, text) -> headers.add("ce_" + name, text.getBytes(StandardCharsets.UTF_8)));
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        return MeshEvent.stored(Origin.NONE, new WireRecord(null, headers.build(), payload));
    }

    /** Keeps what a checkpoint keeps, and returns what a restart finds of it. */
    HeapStore checkpoint() {
        courier.keep();
        return store.copy();
    }

    /** Ends all that is under way, and starts again with what was kept. */
    void restart(HeapStore kept) {
        life++;
        agenda.clear();
        store = kept.copy();
        store.timers.forEach(this::arm);
        begin();
    }

    /** Lets so much time pass, and all happen that is to happen in it. */
    void passes(long millis) {
        long until = now + millis;
        while (!agenda.isEmpty() && agenda.peek().time() <= until) {
            Happening next = agenda.remove();
            now = Math.max(now, next.time());
            next.what().run();
        }
        now = until;
    }

    boolean isQuiet() {
        return agenda.isEmpty();
    }

    private void at(long time, Runnable what) {
        int begun = life;
        agenda.add(new Happening(time, happenings++, () -> {
            if (begun == life) {
                what.run();
            }
        }));
    }

    private void arm(HeapStore.Slot slot, long time) {
        at(time, () -> {
            store.timers.remove(slot);
            courier.due(slot.bucket(), slot.place().number(), now);
        });
    }

    @Override
    public void send(long flight, Parcel parcel) {
        String id = parcel.event().getId();
        calls.add(new Call(now, id, parcel.attempts() + 1));
        Answer answer = target.apply(id, parcel.attempts() + 1);
        at(now + answer.millis(), () -> courier.completed(flight, answer.result(), now));
    }

    @Override
    public @Nullable String delivered(Parcel parcel, HttpReply reply, long millis) {
        if (reply.status() == 299) {
            return "answered with an event that is none";
        }
        delivered.add(parcel.event().getId());
        return null;
    }

    @Override
    public void buried(Parcel parcel, Cause cause) {
        buried.add(parcel.event().getId() + " " + cause);
    }

    @Override
    public void wakeAt(long time) {
        at(time, () -> courier.wake(now));
    }

    @Override
    public void dueAt(int bucket, long number, long time) {
        HeapStore.Slot slot = new HeapStore.Slot(bucket, Place.later(terms.target(), number));
        store.timers.put(slot, time);
        arm(slot, time);
    }
}
