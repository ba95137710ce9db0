package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages arrive in any order, but that those from one to another keep theirs: which is all that a job warrants. Many
 * wait at one address, so that they are divided, and come and go meanwhile.
 */
class CorrelationOrderTest {

    private static final Address HERE = new Address(WorkflowTypes.CORRELATION, "filter[1]");
    private static final int WAITERS = 1000;
    private static final int EVENTS = 30;

    private final CorrelationFunction function = new CorrelationFunction(Duration.ofMinutes(5), () -> 0);
    private final Map<String, ValueDeclaration> declared = new HashMap<>();
    private final Map<Address, AddressRow> rows = new HashMap<>();
    private final Map<List<Address>, Deque<Message>> onTheirWay = new LinkedHashMap<>();
    private final Map<String, List<String>> got = new HashMap<>();

    CorrelationOrderTest() {
        function.declared(WorkflowTypes.CORRELATION).forEach(value -> declared.put(value.name(), value));
    }

    @Test
    void whoComesWhileAnAddressBelowSaysThatNobodyIsThereIsReached() {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 2 * Waiters.MOST; i++) {
            all.add(from("i" + i, new CorrelationMessage.Subscribe(new Waiter("i" + i, "passing", 0), 0)));
            all.add(from("i" + i, new CorrelationMessage.Unsubscribe(new Waiter("i" + i, "passing", 0))));
        }
        all.stream().filter(CorrelationOrderTest::isSubscription).forEach(this::send);
        deliver(pair -> true);
        all.stream().filter(message -> !isSubscription(message)).forEach(this::send);
        deliver(pair -> !pair.get(1).equals(HERE) || pair.get(0).type().equals(WorkflowTypes.INSTANCE));
        assertThat(onTheirWay)
                .isNotEmpty()
                .allSatisfy((pair, messages) -> assertThat(pair.get(1)).isEqualTo(HERE));

        for (int i = 0; i < 2 * Waiters.BRANCHES; i++) {
            send(from("j" + i, new CorrelationMessage.Subscribe(new Waiter("j" + i, "t", 0), 0)));
        }
        deliver(pair -> pair.get(0).type().equals(WorkflowTypes.INSTANCE));
        deliver(pair -> true);
        send(from("router", new CorrelationMessage.Event(0, 1, 1000, new byte[] {'e'})));
        deliver(pair -> true);

        assertThat(got).hasSize(2 * Waiters.BRANCHES);
    }

    private static boolean isSubscription(Message message) {
        try {
            return CorrelationMessage.read(message.argument()) instanceof CorrelationMessage.Subscribe;
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    /** Has all arrive, and what comes of it, that is between two of which that holds. */
    private void deliver(Predicate<List<Address>> pairs) {
        while (true) {
            List<Address> next =
                    onTheirWay.keySet().stream().filter(pairs).findFirst().orElse(null);
            if (next == null) {
                return;
            }
            take(next.get(1), List.copyOf(Objects.requireNonNull(onTheirWay.remove(next))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoeverWaitsGetsEachEventOnce(long seed) {
        Random random = new Random(seed);
        Set<String> leaving = new HashSet<>();
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            String instance = "i" + i;
            for (int round = random.nextInt(4); round > 0; round--) {
                Waiter passing = new Waiter(instance, "passing" + round, 0);
                all.add(from(instance, new CorrelationMessage.Subscribe(passing, Long.MAX_VALUE)));
                all.add(from(instance, new CorrelationMessage.Unsubscribe(passing)));
            }
            if (random.nextInt(20) == 0) {
                all.add(from(instance, new CorrelationMessage.Subscribe(new Waiter(instance, "t", 0), 0)));
            } else {
                leaving.add(instance);
            }
        }
        for (int i = 0; i < EVENTS; i++) {
            byte[] json = ("e" + i).getBytes(StandardCharsets.UTF_8);
            CorrelationMessage.Event event = new CorrelationMessage.Event(0, i, 1000, json);
            all.add(from("router" + i, event));
            all.add(from("router" + i, event));
        }
        send(all, random);
        byte[] last = "last".getBytes(StandardCharsets.UTF_8);
        send(List.of(from("router", new CorrelationMessage.Event(0, EVENTS, 1000, last))), random);

        for (int i = 0; i < WAITERS; i++) {
            if (!leaving.contains("i" + i)) {
                assertThat(got.getOrDefault("i" + i, List.of()))
                        .as("i%s", i)
                        .hasSize(EVENTS + 1)
                        .doesNotHaveDuplicates();
            }
        }
        leaveAll(leaving, random);
    }

    /** When all are gone, nothing is left but the events that came early. */
    private void leaveAll(Set<String> gone, Random random) {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            if (!gone.contains("i" + i)) {
                all.add(from("i" + i, new CorrelationMessage.Unsubscribe(new Waiter("i" + i, "t", 0))));
            }
        }
        send(all, random);

        assertThat(rows.keySet()).containsExactly(HERE);
        assertThat(Objects.requireNonNull(rows.get(HERE)).values())
                .noneMatch(value -> value.name().equals("waiters"));
    }

    private static Message from(String instance, CorrelationMessage message) {
        return new Message(HERE, new Address(WorkflowTypes.INSTANCE, instance), message.form(), null);
    }

    /** Has messages arrive, in any order of those that may be next; some are taken together. */
    private void send(List<Message> messages, Random random) {
        messages.forEach(this::send);
        while (!onTheirWay.isEmpty()) {
            List<List<Address>> pairs = List.copyOf(onTheirWay.keySet());
            List<Message> taken = new ArrayList<>();
            Address target = null;
            for (int left = 1 + random.nextInt(3); left > 0 && !onTheirWay.isEmpty(); left--) {
                List<Address> pair = pairs.get(random.nextInt(pairs.size()));
                Deque<Message> queue = onTheirWay.get(pair);
                if (queue == null || target != null && !target.equals(pair.get(1))) {
                    continue;
                }
                target = pair.get(1);
                taken.add(queue.remove());
                if (queue.isEmpty()) {
                    onTheirWay.remove(pair);
                }
            }
            if (target != null) {
                take(target, taken);
            }
        }
    }

    private void send(Message message) {
        List<Address> pair = List.of(Objects.requireNonNull(message.caller()), message.target());
        onTheirWay.computeIfAbsent(pair, unused -> new ArrayDeque<>()).add(message);
    }

    private void take(Address target, List<Message> messages) {
        if (target.type().equals(WorkflowTypes.INSTANCE)) {
            messages.forEach(this::note);
            return;
        }
        AddressRow row = rows.computeIfAbsent(target, unused -> new AddressRow());
        Map<String, @Nullable TypedValue> values = new HashMap<>();
        declared.keySet().forEach(name -> values.put(name, row.get(name, 0)));
        List<Answer> answers = new ArrayList<>();
        function.call(new Invocation(target, messages, values), answers::add);
        Effects effects = ((Answer.Done) answers.get(0)).effects();
        for (Effects.Change change : effects.changes()) {
            TypedValue value = change.value();
            if (value == null) {
                row.remove(change.name());
            } else {
                row.put(Objects.requireNonNull(declared.get(change.name())), value, 0);
            }
        }
        if (row.isEmpty()) {
            rows.remove(target);
        }
        effects.sends().forEach(send -> send(new Message(send.target(), target, send.argument(), null)));
    }

    private void note(Message message) {
        try {
            InstanceMessage.Event event = (InstanceMessage.Event) InstanceMessage.read(message.argument());
            if (event.token().equals("t")) {
                got.computeIfAbsent(message.target().id(), unused -> new ArrayList<>())
                        .add(new String(event.json(), StandardCharsets.UTF_8));
            }
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }
}
