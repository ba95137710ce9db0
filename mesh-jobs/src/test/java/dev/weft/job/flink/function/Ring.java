package dev.weft.job.flink.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Egress;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import dev.weft.function.FunctionCatalog;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.job.flink.connect.Outbound;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Functions that send numbers around, and count. {@code ring}: counts its messages, and sends the number, less one, to
 * another id, or, where it is 0, to {@code done}. {@code done} counts, and says how far it has come. {@code tell} says
 * what a number of {@code ring} has counted. {@code later} is a ring whose messages take a while. {@code more} sends
 * two messages for each. {@code brief} counts, and has forgotten that 100 ms later. {@code first} and {@code second}:
 * the first sends its number, each time the next, to the second, which says where one is not the one behind the last.
 *
 * @param name no other test's
 * @param ids how many ids there are
 * @param isSlow whether answers come a while later, from another thread
 */
record Ring(String name, int ids, boolean isSlow) implements CatalogFactory, FunctionEdge {

    Ring(String name, int ids) {
        this(name, ids, false);
    }

    static final FunctionType RING = new FunctionType("test", "ring");
    static final FunctionType DONE = new FunctionType("test", "done");
    static final FunctionType LATER = new FunctionType("test", "later");
    static final FunctionType MORE = new FunctionType("test", "more");
    static final FunctionType EVER = new FunctionType("test", "ever");
    static final FunctionType BRIEF = new FunctionType("test", "brief");
    static final FunctionType FIRST = new FunctionType("test", "first");
    static final FunctionType SECOND = new FunctionType("test", "second");

    /** A message with this number asks a ring what it has counted. */
    static final long TELL = -1;

    private static final String NUMBER = "test/number";
    private static final ValueDeclaration COUNT = ValueDeclaration.kept("count", NUMBER);

    private static final ValueDeclaration BRIEF_COUNT =
            new ValueDeclaration("count", NUMBER, ValueDeclaration.Expiration.AFTER_WRITE, Duration.ofMillis(100));

    private static final Executor SOON = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);

    private static final Map<String, Heard> HEARD = new ConcurrentHashMap<>();

    /** What the functions of one name have said, over all lives of a job. */
    static final class Heard {
        final Map<String, Long> counts = new ConcurrentHashMap<>();
        final Map<String, Long> last = new ConcurrentHashMap<>();
        final AtomicLong gaps = new AtomicLong();
        final AtomicLong calls = new AtomicLong();
        final AtomicLong messages = new AtomicLong();
        final AtomicLong done = new AtomicLong();
        final AtomicLong dead = new AtomicLong();

        /** At which message the job fails; each comes once. Of calls nobody knows how many it takes. */
        final ConcurrentLinkedQueue<Long> failAt = new ConcurrentLinkedQueue<>();

        void hear(Outbound outbound) {
            WireRecord record = outbound.record();
            String id = new String(requireNonNull(record.key()), UTF_8);
            switch (outbound.topic()) {
                case "test/count" -> counts.put(id, number(requireNonNull(record.value())));
                case "test/done" -> done.set(number(requireNonNull(record.value())));
                case "test/last" -> last.put(id, number(requireNonNull(record.value())));
                case "test/gap" -> gaps.incrementAndGet();
                case "dead" -> dead.incrementAndGet();
                default -> throw new IllegalArgumentException(outbound.topic());
            }
        }
    }

    Heard heard() {
        return HEARD.computeIfAbsent(name, unused -> new Heard());
    }

    @Override
    public Opened open(Opening opening) {
        Calls calls = new Calls(this);
        FunctionCatalog.Entry entry = new FunctionCatalog.Entry(calls, FunctionTerms.USUAL);
        return new Opened(type -> Optional.of(entry), () -> {});
    }

    @Override
    public Said said(Address from, Egress egress, Message cause, long now) {
        return new Said(
                outbound(egress.egress().toString(), from.id(), egress.value().bytes()), null);
    }

    @Override
    public Outbound deadLetter(Message message, Reason reason, String detail, long now) {
        return outbound("dead", message.target().id(), reason.code().getBytes(UTF_8));
    }

    private static Outbound outbound(String topic, String id, byte[] value) {
        return new Outbound(topic, new WireRecord(id.getBytes(UTF_8), WireHeaders.NONE, value));
    }

    /** Returns a message from outside. */
    static Message message(FunctionType type, String id, long number) {
        return new Message(new Address(type, id), null, value(number), null);
    }

    /** Returns messages that begin to go around. */
    List<Message> tokens(FunctionType type, int count, int hops) {
        return IntStream.range(0, count)
                .mapToObj(i -> message(type, Integer.toString(i % ids), hops))
                .toList();
    }

    /** Returns the messages that ask all ids what they have counted. */
    List<Message> questions() {
        return IntStream.range(0, ids)
                .mapToObj(i -> message(RING, Integer.toString(i), TELL))
                .toList();
    }

    /** Returns messages by which each id sends numbers to another, {@code perRound} at a time. */
    List<Message> rounds(int rounds, int perRound) {
        return IntStream.range(0, rounds * ids)
                .mapToObj(i -> message(FIRST, Integer.toString(i % ids), perRound))
                .toList();
    }

    static TypedValue value(long number) {
        return new TypedValue(NUMBER, ByteBuffer.allocate(8).putLong(number).array());
    }

    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** The functions. */
    private record Calls(Ring ring) implements Invoker {

        @Override
        public List<ValueDeclaration> declared(FunctionType type) {
            return List.of(type.equals(BRIEF) ? BRIEF_COUNT : COUNT);
        }

        @Override
        public void call(Invocation invocation, Consumer<Answer> answer) {
            Heard heard = ring.heard();
            heard.calls.incrementAndGet();
            long message = heard.messages.addAndGet(invocation.messages().size());
            Long failAt = heard.failAt.peek();
            if (failAt != null && message >= failAt && heard.failAt.remove(failAt)) {
                throw new IllegalStateException("the test wants the job to fail at message " + message);
            }
            Answer done = new Answer.Done(new Effecting(invocation, ring.ids).effects());
            if (ring.isSlow) {
                SOON.execute(() -> answer.accept(done));
            } else {
                answer.accept(done);
            }
        }

        @Override
        public void close() {}
    }

    /** One call. */
    private static final class Effecting {
        private final Invocation invocation;
        private final int ids;
        private final List<Send> sends = new ArrayList<>();
        private final List<Effects.Delay> delays = new ArrayList<>();
        private final List<Egress> egresses = new ArrayList<>();
        private long count;

        Effecting(Invocation invocation, int ids) {
            this.invocation = invocation;
            this.ids = ids;
            TypedValue before = invocation.values().get("count");
            count = before == null ? 0 : number(before.bytes());
        }

        Effects effects() {
            for (Message message : invocation.messages()) {
                take(number(message.argument().bytes()));
            }
            return new Effects(sends, delays, egresses, List.of(new Effects.Change("count", value(count))));
        }

        private void take(long number) {
            FunctionType type = invocation.target().type();
            String id = invocation.target().id();
            if (number == TELL) {
                say("count", count);
                return;
            }
            if (type.equals(SECOND)) {
                if (number != count + 1) {
                    say("gap", number);
                }
                count = number;
                say("last", count);
                return;
            }
            count++;
            switch (type.name()) {
                case "done" -> say("done", count);
                case "ring" -> {
                    if (number == 0) {
                        send(DONE, "done", 0);
                    } else {
                        send(RING, other(id, number), number - 1);
                    }
                }
                case "later" -> {
                    if (number == 0) {
                        send(DONE, "done", 0);
                    } else {
                        delays.add(new Later(5, new Address(LATER, other(id, number)), value(number - 1), null));
                    }
                }
                case "more" -> {
                    send(MORE, other(id, number), number);
                    send(MORE, other(id, number + 1), number);
                }
                case "brief" -> {} // counts
                case "ever" -> send(EVER, id, number);
                case "first" -> {
                    for (int i = 0; i < number; i++) {
                        send(SECOND, "to-" + id, (count - 1) * number + i + 1);
                    }
                }
                default -> throw new IllegalStateException(type.toString());
            }
        }

        private String other(String id, long number) {
            long mixed = (id.hashCode() * 31L + number) * 0x9E3779B97F4A7C15L;
            return Long.toString(Math.floorMod(mixed >> 20, (long) ids));
        }

        private void send(FunctionType type, String id, long number) {
            sends.add(new Send(new Address(type, id), value(number)));
        }

        private void say(String what, long number) {
            egresses.add(new Egress(new FunctionType("test", what), value(number)));
        }
    }
}
