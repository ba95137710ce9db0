package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.ValueDeclaration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** At one address, as functions take it; instances only note what they get. */
class CorrelationTest {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Address HERE = new Address(WorkflowTypes.CORRELATION, "filter[\"order-1\"]");

    private final Noting instances = new Noting();
    private final List<String> dead = new ArrayList<>();
    private final LocalFunctions functions = functions();

    @Test
    void everyoneWhoWaitsGetsTheEvent() {
        subscribes("a", 0);
        subscribes("b", 0);

        comes("e1");

        assertThat(instances.got).containsExactly("a e1", "b e1");
    }

    @Test
    void whoDoesNotWaitAnyMoreGetsNothing() {
        subscribes("a", 0);
        subscribes("b", 0);
        unsubscribes("a");

        comes("e1");

        assertThat(instances.got).containsExactly("b e1");
    }

    @Test
    void anEventThatComesBeforeItsListenIsGivenOnce() {
        comes("e1");
        subscribes("a", 0);
        comes("e1");
        comes("e2");

        assertThat(instances.got).containsExactly("a e1", "a e2");
    }

    @Test
    void whatCameBeforeTheTimeThatIsMeantIsNotGiven() {
        comes("e1");
        functions.advance(Duration.ofSeconds(1));
        comes("e2");

        subscribes("a", 1000);

        assertThat(instances.got).containsExactly("a e2");
    }

    @Test
    void whatAnotherHasGotIsStillThere() {
        subscribes("a", 0);
        comes("e1");
        subscribes("b", 0);

        assertThat(instances.got).containsExactly("a e1", "b e1");
    }

    @Test
    void earlyEventsAreForgottenAfterTheirTime() {
        comes("e1");
        functions.advance(KEPT);

        subscribes("a", 0);

        assertThat(instances.got).isEmpty();
        assertThat(row(HERE).values()).extracting(AddressRow.Value::name).containsExactly("waiters");
    }

    @Test
    void anEventIsKnownAgainOnlyForItsTime() {
        subscribes("a", 0);
        comes("e1");
        functions.advance(KEPT);
        comes("e1");

        assertThat(instances.got).containsExactly("a e1", "a e1");
    }

    @Test
    void nothingIsLeftWhenNobodyWaitsAndNothingCame() {
        subscribes("a", 0);
        unsubscribes("a");

        assertThat(row(HERE).isEmpty()).isTrue();
    }

    @Test
    void aboutAThousandEarlyEventsAreKeptInOrder() {
        for (int i = 0; i < 3000; i++) {
            comes("e" + i);
        }
        subscribes("a", 0);

        assertThat(instances.got).hasSizeBetween(900, 1024);
        assertThat(instances.got.get(0)).isEqualTo("a e" + (3000 - instances.got.size()));
        assertThat(instances.got.get(instances.got.size() - 1)).isEqualTo("a e2999");
    }

    @Test
    void manyWaitersAreDividedAndEachGetsEveryEventOnce() {
        comes("early");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            subscribes("i" + i, 0);
            expected.add("i" + i + " early");
            expected.add("i" + i + " late");
        }
        comes("late");

        assertThat(instances.got.stream().sorted().toList())
                .isEqualTo(expected.stream().sorted().toList());
        assertThat(row(HERE).valueBytes()).isLessThan(1000);
        assertThat(functions.addresses().stream()
                        .mapToLong(address -> row(address).valueBytes()))
                .allMatch(bytes -> bytes < 16_000);
    }

    @Test
    void whenTheManyAreGoneNothingIsLeftOfTheirAddresses() {
        for (int i = 0; i < 5000; i++) {
            subscribes("i" + i, 0);
        }
        for (int i = 0; i < 5000; i++) {
            unsubscribes("i" + i);
        }
        assertThat(functions.addresses()).isEmpty();

        subscribes("again", 0);
        comes("e1");

        assertThat(instances.got).containsExactly("again e1");
    }

    @Test
    void whoComesWhileOthersLeaveIsNotForgotten() {
        for (int i = 0; i < 2000; i++) {
            functions.queue(subscription("i" + i, 0));
        }
        for (int i = 0; i < 2000; i++) {
            functions.queue(subscription("j" + i, 0));
            functions.queue(end("i" + i));
        }
        functions.run();

        comes("e1");

        assertThat(instances.got).hasSize(2000).allMatch(got -> got.startsWith("j"));
    }

    @Test
    void aMessageThatCannotBeReadGoesToTheDeadLetterAndOthersDoNot() {
        functions.queue(subscription("a", 0));
        functions.queue(new Message(
                HERE, null, new dev.weft.function.TypedValue(CorrelationMessage.TYPENAME, new byte[] {1, 9}), null));
        functions.run();
        comes("e1");

        assertThat(dead).singleElement().asString().contains("cannot read a message to a correlation");
        assertThat(instances.got).containsExactly("a e1");
    }

    private void subscribes(String instance, long since) {
        functions.take(subscription(instance, since));
    }

    private void unsubscribes(String instance) {
        functions.take(end(instance));
    }

    private static Message subscription(String instance, long since) {
        return to(new CorrelationMessage.Subscribe(new Waiter(instance, "t", 0), since));
    }

    private static Message end(String instance) {
        return to(new CorrelationMessage.Unsubscribe(new Waiter(instance, "t", 0)));
    }

    private void comes(String id) {
        functions.take(to(new CorrelationMessage.Event(
                functions.now(), id.hashCode(), KEPT.toMillis(), id.getBytes(StandardCharsets.UTF_8))));
    }

    private static Message to(CorrelationMessage message) {
        return new Message(HERE, null, message.form(), null);
    }

    private AddressRow row(Address address) {
        return functions.of(address);
    }

    private LocalFunctions functions() {
        Map<FunctionType, Entry> entries = new HashMap<>();
        LocalFunctions made = new LocalFunctions(
                entries,
                new LocalFunctions.Exit() {
                    @Override
                    public void said(Address from, Effects.Egress egress) {}

                    @Override
                    public void dead(Message message, String detail) {
                        dead.add(detail);
                    }
                },
                0);
        entries.put(
                WorkflowTypes.CORRELATION, new Entry(new CorrelationFunction(KEPT, made::now), FunctionTerms.USUAL));
        entries.put(WorkflowTypes.INSTANCE, new Entry(instances, FunctionTerms.USUAL));
        return made;
    }

    /** Instances that note the events they get. */
    private static final class Noting implements Invoker {

        private final List<String> got = new ArrayList<>();

        @Override
        public List<ValueDeclaration> declared(FunctionType type) {
            return List.of();
        }

        @Override
        public void call(Invocation invocation, Consumer<Answer> answer) {
            for (Message message : invocation.messages()) {
                try {
                    InstanceMessage.Event event = (InstanceMessage.Event) InstanceMessage.read(message.argument());
                    got.add(invocation.target().id() + " " + new String(event.json(), StandardCharsets.UTF_8));
                } catch (UnreadableException e) {
                    throw new AssertionError(e);
                }
            }
            answer.accept(new Answer.Done(Effects.NONE));
        }

        @Override
        public void close() {}
    }
}
