package dev.weft.job.flink.deliver;

import static java.util.Objects.requireNonNull;

import dev.weft.delivery.Cause;
import dev.weft.delivery.Courier;
import dev.weft.delivery.Dispatch;
import dev.weft.delivery.Order;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.ParcelMessage;
import dev.weft.delivery.ParkingPolicy.OnFull;
import dev.weft.delivery.PausedTargets;
import dev.weft.delivery.Replies;
import dev.weft.delivery.Target;
import dev.weft.delivery.Terms;
import dev.weft.delivery.Undeliverable;
import dev.weft.event.WireRecord;
import dev.weft.http.CallFailure;
import dev.weft.http.CallResult;
import dev.weft.http.EventMessages;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpReply;
import dev.weft.http.ReplyReading;
import dev.weft.job.ChannelConfig;
import dev.weft.job.audit.Book;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.flink.audit.AuditedOperator;
import dev.weft.job.flink.connect.Outbound;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link Courier} for each target, on keyed state and timers. What leaves it are replies and dead letters.
 *
 * <p>The key is a bucket. Parcels with an order come by theirs; others are put into any of the buckets of the subtask
 * they are at, so that they need not travel. Results of calls come from threads of the client and are taken by the
 * task's thread, as mails.
 */
final class DeliverOperator extends AuditedOperator<Outbound>
        implements OneInputStreamOperator<Dispatch, Outbound>, Triggerable<Integer, String> {

    /** The name by which savepoints know the timers. */
    static final String TIMERS = "retry";

    private static final char BETWEEN = '\n';

    /**
     * How long an event waits for a call to end before it is parked, in milliseconds, while nothing else is held up.
     */
    private static final long PATIENCE = 20;

    /** A target of which fewer calls end in that time is not waited for. */
    private static final long FAST = 20;

    /** How long a target is not waited for after it was slow, in milliseconds. */
    private static final long RESPITE = 100;

    private static final CallResult GONE =
            new CallFailure(CallFailure.Kind.FORBIDDEN_ADDRESS, "no longer in the job config");

    /** So many events in a row for one target, and nothing else is held up. */
    private static final int ALONE = 1000;

    private static final long serialVersionUID = 1;

    private final DeliveryPlan plan;
    private final Endpoints endpoints;
    private final boolean isLocal;
    private final transient Replies replies;
    private final transient MailboxExecutor mailbox;

    private final transient Map<String, Desk> desks = new LinkedHashMap<>();
    private final transient Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private final transient AtomicBoolean isTakingArranged = new AtomicBoolean();
    private transient @Nullable KeyedParcelStore store;
    private transient @Nullable KeptPauses pauses;
    private transient @Nullable InternalTimerService<String> timers;
    private transient @Nullable TimestampedCollector<Outbound> out;
    private transient @Nullable DeliverMetrics metrics;
    private transient @Nullable Buckets buckets;
    private transient @Nullable Desk last;
    private transient int inARow;
    private transient boolean isTickArranged;

    /** The result of a call. */
    private record Arrived(Desk desk, long flight, CallResult result) {}

    /**
     * Makes one.
     *
     * @param isLocal whether parcels are put into buckets here; if not, they came by their bucket
     */
    DeliverOperator(
            StreamOperatorParameters<Outbound> parameters,
            MailboxExecutor mailbox,
            DeliveryPlan plan,
            Endpoints endpoints,
            boolean isLocal) {
        super(parameters);
        this.mailbox = mailbox;
        this.plan = plan;
        this.replies = new Replies(plan.job(), plan.maxHops(), plan.maxEventBytes());
        this.endpoints = endpoints;
        this.isLocal = isLocal;
    }

    @Override
    public void open() throws Exception {
        super.open();
        KeyedStateBackend<Integer> backend = getKeyedStateBackend();
        store = new KeyedParcelStore(getRuntimeContext(), backend);
        timers = getInternalTimerService(TIMERS, StringSerializer.INSTANCE, this);
        if (plan.canPause()) {
            pauses = new KeptPauses(getOperatorStateBackend());
        }
        out = new TimestampedCollector<>(output);
        metrics = new DeliverMetrics(getMetricGroup());
        buckets = Buckets.of(getRuntimeContext().getTaskInfo());
        Order order = isLocal ? Order.NONE : Order.PER_KEY;
        for (Target target : plan.targets()) {
            if (target.terms().order() == order) {
                desks.put(target.name(), new Desk(target.name(), target));
            }
        }
        // What waits for a target whose order was changed is delivered, and for one that is gone given up.
        for (String name : store.targets()) {
            desks.computeIfAbsent(name, it -> new Desk(it, plan.target(it)));
        }
        long now = now();
        for (Desk desk : desks.values()) {
            if (pauses != null && desk.target != null) {
                pauses.restore(desk.courier);
            }
            desk.courier.restore(now);
        }
    }

    /** The key is set where state is used: what comes here has none, or brings it. */
    @Override
    public void setKeyContextElement(StreamRecord<Dispatch> element) {
        // left to the store
    }

    @Override
    public void processElement(StreamRecord<Dispatch> element) throws Exception {
        if (element.getValue() instanceof Parcel parcel) {
            deliver(parcel.accepted(now()));
        } else if (element.getValue() instanceof PausedTargets paused) {
            pause(paused.names());
        }
    }

    private void pause(Set<String> names) {
        for (Desk desk : desks.values()) {
            boolean isToPause = names.contains(desk.name);
            if (isToPause && !desk.courier.isPaused()) {
                desk.courier.pause();
            } else if (!isToPause && desk.courier.isPaused()) {
                desk.courier.resume(now());
            }
        }
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        Desk desk = requireNonNull(desks.get(parcel.target()), "a route delivers to a target of the job");
        Courier courier = desk.courier;
        desk.count(parcel, Item.ACCEPTED);
        inARow = last == desk ? inARow + 1 : 0;
        last = desk;
        if (inARow >= ALONE) {
            waitForACall(desk);
        }
        if (courier.isFull()) {
            if (courier.terms().parking().onFull() == OnFull.DEAD_LETTER) {
                courier.refuse(parcel);
                return;
            }
            while (courier.isFull()) {
                mailbox.yield();
            }
        }
        Buckets own = requireNonNull(buckets);
        String orderKey = parcel.orderKey();
        int bucket = isLocal || orderKey == null ? own.next() : Buckets.of(orderKey);
        courier.accept(bucket, parcel, now());
    }

    /**
     * A target that answers fast, and for which alone events come, is waited for while it catches up: that holds up
     * nobody for long, and spares the way through the state. One that is slow parks, and is tried again soon, as it may
     * only have been slow to begin.
     */
    private void waitForACall(Desk desk) throws InterruptedException {
        Courier courier = desk.courier;
        long begun = now();
        if (begun < desk.waitAgainAt || !courier.isFlowing(begun)) {
            return;
        }
        long before = courier.tally().attempts();
        long until = begun + PATIENCE;
        while (courier.isBusy() && courier.isFlowing(now()) && now() < until) {
            arrangeTick(until);
            mailbox.yield();
        }
        if (courier.isBusy() && courier.tally().attempts() - before < FAST) {
            desk.waitAgainAt = now() + RESPITE;
        }
    }

    /** Has a mail sent by then, so that waiting for one ends. */
    private void arrangeTick(long time) {
        if (!isTickArranged) {
            isTickArranged = true;
            getProcessingTimeService().registerTimer(time, unused -> isTickArranged = false);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Integer, String> timer) {
        String name = timer.getNamespace();
        int between = name.indexOf(BETWEEN);
        Desk desk = requireNonNull(desks.get(name.substring(0, between)));
        desk.courier.due(timer.getKey(), Long.parseLong(name.substring(between + 1)), now());
    }

    @Override
    public void onEventTime(InternalTimer<Integer, String> timer) {
        throw new IllegalStateException("no timer of event time is ever set");
    }

    /** Called by threads of the client. */
    private void arrived(Arrived result) {
        arrived.add(result);
        if (isTakingArranged.compareAndSet(false, true)) {
            try {
                mailbox.execute(this::takeArrived, "take what targets answered");
            } catch (RejectedExecutionException e) {
                LOG.debug("An answer came after the task's end; the next one sends the event again", e);
            }
        }
    }

    private void takeArrived() {
        isTakingArranged.set(false);
        Arrived next = arrived.poll();
        while (next != null) {
            next.desk.courier.completed(next.flight, next.result, now());
            next = arrived.poll();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        desks.values().forEach(desk -> desk.courier.keep());
        if (pauses != null) {
            pauses.keep(desks.values().stream().map(desk -> desk.courier).toList());
        }
        super.snapshotState(context);
    }

    @Override
    protected void addMomentary(Book shown) {
        desks.values().forEach(desk -> desk.show(shown));
    }

    @Override
    public void close() throws Exception {
        desks.values().forEach(Desk::close);
        super.close();
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /** What is needed to deliver to one target; for one that is gone, what is needed to give up what waits for it. */
    private final class Desk implements Courier.Outlet {
        private final @Nullable Target target;
        private final String name;
        private final Courier courier;
        private final Histogram latency;

        /** For each route, its numbers in the book. */
        private final Map<String, long[]> rows = new HashMap<>();

        private @Nullable HttpEndpoint endpoint;
        private long waitAgainAt;

        Desk(String name, @Nullable Target target) {
            this.name = name;
            this.target = target;
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            Terms terms = target == null ? Terms.gone(name) : target.terms();
            this.courier = new Courier(terms.share(subtasks), requireNonNull(store), this, new SplittableRandom());
            this.latency = requireNonNull(metrics).show(name, courier);
        }

        @Override
        public void send(long flight, Parcel parcel) {
            if (target == null) {
                arrived(new Arrived(this, flight, GONE));
                return;
            }
            openEndpoint(target)
                    .post(
                            ParcelMessage.of(parcel, target.http().mode()),
                            result -> arrived(new Arrived(this, flight, result)));
        }

        private void count(Parcel parcel, Item item) {
            rows.computeIfAbsent(parcel.route(), route -> book().row(new Leg(route, name)))[item.ordinal()]++;
        }

        /** Shows what is under way and parked; what was delivered and given up is in the book. */
        private void show(Book book) {
            courier.outstanding().forEach((route, count) -> {
                Leg leg = new Leg(route, name);
                book.add(leg, Item.PARKED, count.parked());
                book.add(leg, Item.RETRYING, count.retrying());
                book.add(leg, Item.IN_FLIGHT, count.inFlight());
            });
        }

        private HttpEndpoint openEndpoint(Target existing) {
            HttpEndpoint open = endpoint;
            if (open == null) {
                open = endpoints.open(existing);
                endpoint = open;
            }
            return open;
        }

        @Override
        public @Nullable String delivered(Parcel parcel, HttpReply reply, long millis) {
            latency.update(millis);
            String refusal = reply(parcel, reply);
            if (refusal == null) {
                count(parcel, Item.DELIVERED);
            }
            return refusal;
        }

        /** Returns why what the target says cannot be taken, or null. */
        private @Nullable String reply(Parcel parcel, HttpReply reply) {
            String channel = target == null ? null : target.replyTo();
            return channel == null
                    ? null
                    : replied(
                            parcel,
                            EventMessages.reply(reply),
                            requireNonNull(plan.channels().get(channel)));
        }

        private @Nullable String replied(Parcel parcel, ReplyReading reading, ChannelConfig channel) {
            if (!(reading instanceof ReplyReading.Replied replied)) {
                return reading instanceof ReplyReading.Malformed malformed ? malformed.reason() : null;
            }
            Replies.Answer answer = replies.answer(parcel, replied.event(), channel.format());
            if (answer instanceof Replies.Answer.Passed passed) {
                emit(channel.topic(), passed.record());
            } else if (answer instanceof Replies.Answer.Ended ended) {
                requireNonNull(metrics).deadLettered(ended.reason());
                emit(plan.deadLetterTopic(), ended.record());
            }
            return answer instanceof Replies.Answer.Refused refused ? refused.detail() : null;
        }

        @Override
        public void buried(Parcel parcel, Cause cause) {
            Cause told = target == null ? Cause.TARGET_REMOVED : cause;
            count(parcel, Item.BURIED);
            requireNonNull(metrics).deadLettered(told.reason());
            String url = target == null ? "" : target.http().url().toString();
            emit(plan.deadLetterTopic(), Undeliverable.of(parcel, told, plan.job(), url));
        }

        @Override
        public void wakeAt(long time) {
            getProcessingTimeService().registerTimer(time, unused -> courier.wake(now()));
        }

        @Override
        public void dueAt(int bucket, long number, long time) {
            setCurrentKey(bucket);
            requireNonNull(timers).registerProcessingTimeTimer(name + BETWEEN + number, time);
        }

        private void emit(String topic, WireRecord record) {
            TimestampedCollector<Outbound> collector = requireNonNull(out);
            collector.eraseTimestamp();
            collector.collect(new Outbound(topic, record));
        }

        void close() {
            if (endpoint != null) {
                endpoint.close();
            }
        }
    }
}
