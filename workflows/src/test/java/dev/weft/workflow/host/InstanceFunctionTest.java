package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.workflow.Definition;
import dev.weft.workflow.engine.Engine;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.engine.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One call of an instance: what goes wrong stays with the instance. */
class InstanceFunctionTest {

    private static final Address SELF = new Address(WorkflowTypes.INSTANCE, "i1");
    private static final Address CORRELATION = new Address(WorkflowTypes.CORRELATION, "somewhere");
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private static final String DOCUMENT = """
            order:1.0.0
            do:
              - wait: { listen: { to: { one: { with: { type: go } } } } }
              - last: { set: { a: 1 } }
            """;

    private final Map<String, @Nullable TypedValue> values = new HashMap<>();
    private InstanceFunction function = function(Books.of(DOCUMENT));
    private String token = "";

    @Test
    void anInstanceAtWhichTheEngineFailsIsFaultedAndItsParentToldOnce() throws Exception {
        function = function(new WorkflowBook(List.of(Definitions.broken()), List.of()));
        done(start("broken"));

        Effects effects = done(go());

        assertThat(kept(InstanceTurn.INSTANCE)).isNull();
        EndedInstance ended = EndedInstance.read(
                Objects.requireNonNull(kept(InstanceTurn.ENDED)).bytes());
        assertThat(ended.status()).isEqualTo(Status.FAULTED);
        assertThat(Objects.requireNonNull(ended.error()).detail()).contains("the engine failed", "it is broken");
        assertThat(toParent(effects))
                .singleElement()
                .extracting(said -> said.ending().error())
                .isNotNull();
        assertThat(toParent(done(go()))).isEmpty();
    }

    @Test
    void aFailureAmongSeveralMessagesIsLeftToTurnsOfTheirOwn() {
        function = function(new WorkflowBook(List.of(Definitions.broken()), List.of()));
        done(start("broken"));

        assertThat(answer(go(), message(new InstanceMessage.Wake())))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.isWorthRetrying()).isFalse());
        assertThat(kept(InstanceTurn.INSTANCE)).isNotNull();
    }

    @Test
    void anInstanceThatCannotBeReadIsFaultedAndItsParentTold() throws Exception {
        done(start("order"));
        KeptInstance kept = KeptInstance.read(
                Objects.requireNonNull(kept(InstanceTurn.INSTANCE)).bytes());
        byte[] damaged = Arrays.copyOf(kept.form(), kept.form().length - 9);
        values.put(
                InstanceTurn.INSTANCE,
                new TypedValue(
                        KeptInstance.TYPENAME,
                        new KeptInstance(kept.origin(), kept.startedAt(), kept.told(), damaged).write()));

        Effects effects = done(go());

        assertThat(kept(InstanceTurn.INSTANCE)).isNull();
        assertThat(toParent(effects)).hasSize(1);
        assertThat(effects.egresses()).extracting(Effects.Egress::egress).contains(WorkflowTypes.INSTANCES);
    }

    @Test
    void aMessageThatCannotBeReadIsNotTriedAgain() {
        assertThat(answer(new Message(SELF, null, new TypedValue("other/type", new byte[0]), null)))
                .isEqualTo(new Answer.Failed("found other/type, expected weft.workflow/signal", false));
    }

    @Test
    void anInstanceOfADefinitionThatIsNotThereIsLeftAsItIs() {
        done(start("order"));

        Answer answer = answer(function(Books.of(DOCUMENT.replace("a: 1", "a: 2"))), go());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.detail())
                                .startsWith("found an instance of a definition that the job does not know: "));
        assertThat(kept(InstanceTurn.INSTANCE)).isNotNull();
    }

    @Test
    void aStartThatWasOnItsWayWhenItsVersionWasReplacedIsNotLost() {
        List<Definition> older = Books.definitions(DOCUMENT);
        List<Definition> config = Books.definitions(DOCUMENT.replace("1.0.0", "1.1.0"));
        function = function(new WorkflowBook(config, older));
        WorkflowName replaced = new WorkflowName("shop", "order", "1.0.0");

        done(message(new InstanceMessage.Start(replaced, NOTHING, new Origin(5, null, null), null)));

        assertThat(kept(InstanceTurn.INSTANCE)).isNotNull();
    }

    @Test
    void whoSendsEventsToAnInstanceThatIsNotThereIsToldToStop() throws Exception {
        Effects effects = done(new Message(SELF, CORRELATION, new InstanceMessage.Event("t", 0, NOTHING).form(), null));

        assertThat(effects.sends()).singleElement().satisfies(send -> {
            assertThat(send.target()).isEqualTo(CORRELATION);
            assertThat(CorrelationMessage.read(send.argument()))
                    .isEqualTo(new CorrelationMessage.Unsubscribe(new Waiter("i1", "t", 0)));
        });
    }

    @Test
    void aParkedInstanceIsSmall() {
        done(start("order"));

        assertThat(Objects.requireNonNull(kept(InstanceTurn.INSTANCE)).bytes().length)
                .isLessThan(250);
    }

    private static Message start(String name) {
        Origin origin = new Origin(5, new Signal.Parent("parent", "t.1"), null);
        return message(new InstanceMessage.Start(new WorkflowName("shop", name, null), NOTHING, origin, null));
    }

    /** The event it waits for. */
    private Message go() {
        byte[] event = "{\"id\":\"1\",\"source\":\"/s\",\"type\":\"go\"}".getBytes(StandardCharsets.UTF_8);
        return message(new InstanceMessage.Event(token, 0, event));
    }

    private static Message message(InstanceMessage message) {
        return new Message(SELF, null, message.form(), null);
    }

    private Effects done(Message message) {
        Effects effects = ((Answer.Done) answer(message)).effects();
        effects.changes().forEach(change -> values.put(change.name(), change.value()));
        for (Effects.Send send : effects.sends()) {
            if (send.target().type().equals(WorkflowTypes.CORRELATION)) {
                noteToken(send.argument());
            }
        }
        return effects;
    }

    private void noteToken(TypedValue argument) {
        try {
            if (CorrelationMessage.read(argument) instanceof CorrelationMessage.Subscribe subscribe) {
                token = subscribe.waiter().token();
            }
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    private Answer answer(Message... messages) {
        return answer(function, messages);
    }

    private Answer answer(InstanceFunction called, Message... messages) {
        List<Answer> answers = new ArrayList<>();
        called.call(new Invocation(SELF, List.of(messages), values), answers::add);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private @Nullable TypedValue kept(String name) {
        return values.get(name);
    }

    private static List<InstanceMessage.ChildEnded> toParent(Effects effects) throws UnreadableException {
        List<InstanceMessage.ChildEnded> told = new ArrayList<>();
        for (Effects.Send send : effects.sends()) {
            if (send.target().id().equals("parent")) {
                told.add((InstanceMessage.ChildEnded) InstanceMessage.read(send.argument()));
            }
        }
        return told;
    }

    private static InstanceFunction function(WorkflowBook book) {
        return new InstanceFunction(new Hosting(book, HostSettings.USUAL, new Engine(), () -> 5000, () -> 0));
    }
}
