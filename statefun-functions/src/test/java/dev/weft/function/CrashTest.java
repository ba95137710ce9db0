package dev.weft.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Reason;
import dev.weft.function.Effects.Change;
import dev.weft.function.Effects.Delay;
import dev.weft.function.Effects.Egress;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import dev.weft.function.FunctionsInMemory.Dead;
import dev.weft.function.FunctionsInMemory.Said;
import dev.weft.function.FunctionsInMemory.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions that send to each other, now and later, some of them poisoned; answers that come at once, late, twice,
 * never, in any order; and a crash at any point, after which all goes on from an earlier snapshot. In the end every
 * message has had its effects once, and messages from one address to another came in the order in which they were sent.
 */
class CrashTest {

    private static final int CASES = 1000;
    private static final FunctionType[] TYPES = {FunctionType.parse("t/a"), FunctionType.parse("t/b")};
    private static final int IDS = 3;
    private static final String TYPE = "t/text";
    private static final FunctionType LOG = FunctionType.parse("t/log");
    private static final ValueDeclaration COUNT = ValueDeclaration.kept("count", TYPE);
    private static final ValueDeclaration SEEN = ValueDeclaration.kept("seen", TYPE);
    private static final FunctionTerms TERMS = new FunctionTerms(
            3, 2, Duration.ofMillis(50), 40, Duration.ofMillis(10), Duration.ofMillis(20), 1 << 20, 1 << 20);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostNothingIsDoubledAndPairsKeepTheirOrder(long seed) {
        for (int i = 0; i < CASES; i++) {
            new Case(new Random(seed * CASES + i)).run();
        }
    }

    /** One run of functions. */
    private static final class Case {

        private final Random random;
        private final List<FakeCall> held = new ArrayList<>();
        private final Map<String, Integer> expected = new TreeMap<>();
        private FunctionsInMemory memory;

        Case(Random random) {
            this.random = random;
            memory = begin(new Snapshot(0, Map.of(), Map.of(), List.of(), List.of(), List.of()));
        }

        private FunctionsInMemory begin(Snapshot snapshot) {
            held.clear();
            FunctionsInMemory begun = new FunctionsInMemory(FunctionObserver.NOBODY, Long.MAX_VALUE);
            RandomInvoker invoker = new RandomInvoker();
            for (FunctionType type : TYPES) {
                begun.with(type, invoker, TERMS);
            }
            return begun.from(snapshot);
        }

        void run() {
            for (int i = random.nextInt(6); i >= 0; i--) {
                Message message = new Message(address(random.nextInt()), null, text(i + ";0;0"), null);
                memory.enqueue(message);
                expect(String.valueOf(i), 0);
            }
            int crashes = 3;
            while (goOn()) {
                if (crashes > 0 && random.nextInt(10) == 0) {
                    crashes--;
                    Snapshot snapshot = memory.snapshot();
                    for (int i = random.nextInt(20); i > 0 && goOn(); i--) {}
                    memory = begin(snapshot);
                }
            }
            check();
        }

        /** Does something. Returns whether there was anything to do. */
        private boolean goOn() {
            if (!held.isEmpty() && random.nextInt(3) != 0) {
                FakeCall call = held.remove(random.nextInt(held.size()));
                call.answer.accept(answer(call.invocation));
                if (random.nextInt(10) == 0) {
                    call.answer.accept(answer(call.invocation));
                }
                return true;
            }
            if (random.nextInt(20) != 0 && memory.step()) {
                return true;
            }
            long due = memory.due();
            if (due == Long.MAX_VALUE) {
                return !memory.runtime().isIdle() || memory.step() || !held.isEmpty();
            }
            memory.pass(Duration.ofMillis(Math.max(0, due - memory.now())));
            return true;
        }

        private void check() {
            Map<String, Integer> found = new TreeMap<>();
            for (Said said : memory.said()) {
                found.merge(text(said.egress().value()).split(";")[0], 1, Integer::sum);
            }
            for (Dead dead : memory.dead()) {
                assertThat(dead.reason()).isEqualTo(Reason.FUNCTION_FAILED);
                assertThat(isPoison(label(dead.message()))).as(dead.detail()).isTrue();
                found.merge(label(dead.message()), 1, Integer::sum);
            }
            assertThat(found).isEqualTo(expected);
            checkOrder();
            checkValues();
        }

        private void checkOrder() {
            Map<String, Integer> last = new HashMap<>();
            for (Said said : memory.said()) {
                String[] parts = text(said.egress().value()).split(";");
                if (!parts[1].equals("later") && !parts[2].equals("null")) {
                    int number = Integer.parseInt(parts[1]);
                    String pair = parts[2] + " to " + said.from();
                    Integer before = last.put(pair, number);
                    assertThat(number).as(pair).isGreaterThan(before == null ? -1 : before);
                }
            }
        }

        private void checkValues() {
            Map<Address, Integer> calls = new HashMap<>();
            memory.said().forEach(said -> calls.merge(said.from(), 1, Integer::sum));
            calls.forEach((address, count) -> {
                TypedValue value = memory.of(address).get("count", memory.now());
                assertThat(value).isNotNull();
                assertThat(Integer.parseInt(text(value))).isEqualTo(count);
            });
        }

        /** Notes what comes of a message, whose label says it. */
        private void expect(String label, int depth) {
            expected.merge(label, 1, Integer::sum);
            if (!isPoison(label)) {
                for (int i = children(label, depth); i > 0; i--) {
                    expect(label + "." + i, depth + 1);
                }
            }
        }

        private Answer answer(Invocation call) {
            if (random.nextInt(12) == 0) {
                return new Answer.Failed("by chance", true);
            }
            if (!call.values().containsKey("count") || !call.values().containsKey("seen")) {
                return new Answer.Undeclared(List.of(COUNT, SEEN));
            }
            TypedValue value = call.values().get("count");
            int count = value == null ? 0 : Integer.parseInt(text(value));
            List<Send> sends = new ArrayList<>();
            List<Delay> delays = new ArrayList<>();
            List<Egress> egresses = new ArrayList<>();
            for (Message message : call.messages()) {
                String label = label(message);
                if (isPoison(label)) {
                    return new Answer.Failed("poison", random.nextBoolean());
                }
                count++;
                int depth = Integer.parseInt(text(message.argument()).split(";")[1]);
                for (int i = children(label, depth); i > 0; i--) {
                    String child = label + "." + i;
                    String body = child + ";" + (depth + 1) + ";";
                    if (child.hashCode() % 4 == 0) {
                        delays.add(new Later(
                                child.hashCode() & 31, address(child.hashCode()), text(body + "later"), null));
                    } else {
                        sends.add(new Send(address(child.hashCode()), text(body + (count * 10 + 9 - i))));
                    }
                }
                String order = text(message.argument()).split(";")[2];
                egresses.add(new Egress(LOG, text(label + ";" + order + ";" + message.caller())));
            }
            return new Answer.Done(
                    new Effects(sends, delays, egresses, List.of(new Change("count", text(String.valueOf(count))))));
        }

        /** Calls functions that answer as chance has it. */
        private final class RandomInvoker implements Invoker {
            @Override
            public List<ValueDeclaration> declared(FunctionType type) {
                return random.nextBoolean() ? List.of() : List.of(COUNT);
            }

            @Override
            public void call(Invocation invocation, Consumer<Answer> answer) {
                if (random.nextInt(3) == 0) {
                    answer.accept(answer(invocation));
                } else if (random.nextInt(20) != 0) {
                    held.add(new FakeCall(invocation, answer));
                }
            }

            private Answer answer(Invocation invocation) {
                return Case.this.answer(invocation);
            }

            @Override
            public void close() {}
        }
    }

    private record FakeCall(Invocation invocation, Consumer<Answer> answer) {}

    private static boolean isPoison(String label) {
        return label.hashCode() % 13 == 0;
    }

    private static int children(String label, int depth) {
        return depth >= 4 ? 0 : Math.floorMod(label.hashCode() / 7, 4);
    }

    private static Address address(int number) {
        return new Address(TYPES[Math.floorMod(number, 2)], String.valueOf(Math.floorMod(number / 2, IDS)));
    }

    private static String label(Message message) {
        return text(message.argument()).split(";")[0];
    }

    private static TypedValue text(String text) {
        return new TypedValue(TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable TypedValue value) {
        return value == null ? "" : new String(value.bytes(), StandardCharsets.UTF_8);
    }

    /** Is told, and says nothing. */
}
