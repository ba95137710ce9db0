package dev.weft.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Reason;
import dev.weft.function.Effects.Cancel;
import dev.weft.function.Effects.Change;
import dev.weft.function.Effects.Delay;
import dev.weft.function.Effects.Later;
import dev.weft.function.Effects.Send;
import dev.weft.function.FunctionObserver.Outcome;
import dev.weft.function.FunctionsInMemory.Dead;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionRuntimeTest {

    private static final FunctionType CART = FunctionType.parse("shop/cart");
    private static final FunctionType STOCK = FunctionType.parse("shop/stock");
    private static final FunctionType EGRESS = FunctionType.parse("shop/log");
    private static final String TEXT = "io.statefun.types/string";
    private static final ValueDeclaration ITEMS = ValueDeclaration.kept("items", TEXT);
    private static final Answer NOTHING = new Answer.Done(Effects.NONE);

    private final Told told = new Told();
    private final FunctionsInMemory memory = new FunctionsInMemory(told, 10_000);

    @Test
    void aFunctionIsGivenTheMessageAndWhatIsRemembered() {
        FakeInvoker cart = cart(FakeInvoker.answering(call -> changes("items", last(call)), ITEMS));
        memory.give(message("7", "first"), message("7", "second"), message("8", "third"));
        assertThat(cart.calls)
                .extracting(call -> Optional.ofNullable(call.values().get("items")))
                .containsExactly(Optional.empty(), Optional.of(text("first")), Optional.empty());
        assertThat(cart.calls).allSatisfy(call -> assertThat(call.values()).containsOnlyKeys("items"));
        assertThat(memory.runtime().isIdle()).isTrue();
    }

    @Test
    void messagesGoBeforeDelayedOnesAndTheseBeforeEgressesAndValues() {
        List<String> order = new ArrayList<>();
        FunctionHost host = new Recording(memory, order);
        Rows rows = new RecordingRows(memory, order);
        cart(FakeInvoker.answering(
                call -> new Answer.Done(new Effects(
                        List.of(send(STOCK, "7", "a"), send(STOCK, "8", "b")),
                        List.of(new Later(5, address(CART, "7"), text("c"), null)),
                        List.of(new Effects.Egress(EGRESS, text("d"))),
                        List.of(new Change("items", text("e"))))),
                ITEMS));
        new FunctionRuntime(memory, rows, host, told, 1000).take(message("7", "go"));
        assertThat(order).containsExactly("send a", "send b", "delays of 7", "egress d", "values of shop/cart/7");
    }

    @Test
    void whatAFunctionSendsComesFromIt() {
        FakeInvoker stock = with(STOCK, FakeInvoker.answering(call -> NOTHING), UnaryOperator.identity());
        cart(FakeInvoker.answering(call -> sends(send(STOCK, "9", "hello"))));
        memory.give(new Message(address(CART, "7"), null, text("go"), "00-trace-1"));
        assertThat(stock.calls)
                .extracting(call -> call.messages().get(0))
                .containsExactly(new Message(address(STOCK, "9"), address(CART, "7"), text("hello"), "00-trace-1"));
    }

    @Test
    void ofABatchTheLastMessageSaysTheTrace() {
        FakeInvoker cart = cart(FakeInvoker.holding());
        memory.give(message("7", "a"), traced("7", "b", "one"), traced("7", "c", "two"));
        answer(cart, NOTHING);
        answer(cart, sends(send(STOCK, "1", "x")));
        assertThat(memory.dead()).extracting(dead -> dead.message().trace()).containsExactly("two");
    }

    @Test
    void whileACallIsUnderWayWhatComesWaitsAndGoesTogether() {
        FakeInvoker cart = cart(FakeInvoker.holding(), terms -> maxBatch(terms, 3));
        for (int i = 0; i < 6; i++) {
            memory.give(message("7", "m" + i));
        }
        assertThat(told.waiting).isEqualTo(5);
        answer(cart, NOTHING);
        answer(cart, NOTHING);
        answer(cart, NOTHING);
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("m0", "m1 m2 m3", "m4 m5");
        assertThat(told.waiting).isZero();
        assertThat(told.underWay).isZero();
        assertThat(memory.runtime().isIdle()).isTrue();
    }

    @Test
    void callsBeyondTheLimitWaitAndAddressesTakeTurns() {
        FakeInvoker cart = cart(FakeInvoker.holding(), terms -> concurrency(maxBatch(terms, 1), 2));
        memory.give(message("1", "1a"), message("1", "1b"), message("2", "2a"), message("3", "3a"), message("3", "3b"));
        while (cart.held() > 0) {
            assertThat(cart.held()).isLessThanOrEqualTo(2);
            answer(cart, NOTHING);
        }
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("1a", "2a", "3a", "1b", "3b");
    }

    @Test
    void typesThatAreCalledAlikeShareTheLimit() {
        FakeInvoker both = cart(FakeInvoker.holding(), terms -> concurrency(terms, 1));
        with(STOCK, both, terms -> concurrency(terms, 1));
        memory.give(message("1", "a"), new Message(address(STOCK, "1"), null, text("b"), null));
        assertThat(both.held()).isEqualTo(1);
        answer(both, NOTHING);
        assertThat(both.held()).isEqualTo(1);
    }

    @Test
    void aValueThatWasNotKnownIsDeclaredAndTheSameMessagesAreCalledAgain() {
        FakeInvoker cart = cart(FakeInvoker.answering(call -> call.values().containsKey("items")
                ? changes("items", last(call))
                : new Answer.Undeclared(List.of(ITEMS))));
        memory.give(message("7", "a"), message("7", "b"));
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("a", "a", "b");
        assertThat(cart.calls.get(2).values()).containsEntry("items", text("a"));
        assertThat(told.outcomes).containsExactly(Outcome.UNDECLARED, Outcome.DONE, Outcome.DONE);
    }

    @Test
    void callsThatWereMadeBeforeADeclarationMayDeclareTheSame() {
        FakeInvoker cart = cart(FakeInvoker.holding());
        memory.give(message("1", "a"), message("2", "b"));
        answer(cart, new Answer.Undeclared(List.of(ITEMS)));
        answer(cart, new Answer.Undeclared(List.of(ITEMS)));
        answer(cart, NOTHING);
        answer(cart, NOTHING);
        assertThat(memory.dead()).isEmpty();
        assertThat(memory.runtime().isIdle()).isTrue();
    }

    @Test
    void aFunctionThatAsksForWhatItWasGivenFails() {
        cart(FakeInvoker.answering(call -> new Answer.Undeclared(List.of(ITEMS))), terms -> attempts(terms, 2));
        memory.give(message("7", "a"));
        memory.pass(Duration.ofSeconds(1));
        assertThat(memory.dead()).extracting(Dead::reason).containsExactly(Reason.FUNCTION_FAILED);
        assertThat(memory.dead().get(0).detail()).contains("values that it was given");
    }

    @Test
    void aFunctionThatDeclaresWithoutEndFails() {
        cart(FakeInvoker.answering(call -> new Answer.Undeclared(
                List.of(ValueDeclaration.kept("v" + call.values().size(), TEXT)))));
        memory.give(message("7", "a"));
        assertThat(memory.dead()).extracting(Dead::detail).first().asString().contains("more than 1000 values");
    }

    @Test
    void theFirstDeclarationCounts() {
        ValueDeclaration brief = new ValueDeclaration("items", TEXT, Expiration.AFTER_WRITE, Duration.ofMillis(1));
        FakeInvoker cart = cart(FakeInvoker.mixed(
                call -> Optional.of(
                        texts(call).equals("declare") && !call.values().containsKey("other")
                                ? new Answer.Undeclared(List.of(brief, ValueDeclaration.kept("other", TEXT)))
                                : changes("items", "kept")),
                ITEMS));
        memory.give(message("7", "write"), message("7", "declare"));
        memory.pass(Duration.ofDays(1));
        memory.give(message("7", "read"));
        assertThat(lastCall(cart).values()).containsEntry("items", text("kept"));
    }

    @Test
    void aChangeThatDoesNotFitItsDeclarationFailsTheWholeCall() {
        cart(FakeInvoker.answering(
                call -> new Answer.Done(new Effects(
                        List.of(send(CART, "8", "never")),
                        List.of(),
                        List.of(),
                        List.of(
                                texts(call).equals("type")
                                        ? new Change("items", new TypedValue("other/type", new byte[0]))
                                        : new Change("unknown", text("x"))))),
                ITEMS));
        memory.give(message("7", "type"), message("7", "name"));
        assertThat(memory.dead()).extracting(Dead::reason).containsOnly(Reason.FUNCTION_FAILED);
        assertThat(memory.dead())
                .extracting(Dead::detail)
                .containsExactly(
                        "call of shop/cart/7 failed once, lastly: found a value items of type other/type, declared was "
                                + TEXT,
                        "call of shop/cart/7 failed once, lastly: found a change of value unknown, which the function"
                                + " did not declare");
    }

    @Test
    void aValueOfATypeThatTheFunctionDoesNotExpectIsNotGivenToIt() {
        AddressRow row = new AddressRow();
        row.put(ValueDeclaration.kept("items", "old/type"), new TypedValue("old/type", new byte[1]), 0);
        memory.changed(address(CART, "7"), row);
        FakeInvoker cart = cart(FakeInvoker.answering(call -> NOTHING, ITEMS));
        memory.give(message("7", "a"));
        assertThat(cart.calls).isEmpty();
        assertThat(memory.dead()).extracting(Dead::detail).first().asString().contains("is kept as old/type");
        assertThat(memory.of(address(CART, "7")).isEmpty()).isFalse();
    }

    @Test
    void aValueIsForgottenSoLongAfterItWasWritten() {
        ValueDeclaration brief = new ValueDeclaration("items", TEXT, Expiration.AFTER_WRITE, Duration.ofMillis(100));
        FakeInvoker cart = cart(FakeInvoker.answering(call -> write(call, "items"), brief));
        memory.give(message("7", "write"));
        memory.stall(Duration.ofMillis(99));
        memory.give(message("7", "read"));
        memory.stall(Duration.ofMillis(1));
        memory.runtime().take(message("7", "read")); // before anybody was woken
        memory.run();
        assertThat(cart.calls)
                .extracting(call -> Optional.ofNullable(call.values().get("items")))
                .containsExactly(Optional.empty(), Optional.of(text("write")), Optional.empty());
        assertThat(memory.of(address(CART, "7")).isEmpty()).isTrue();
        assertThat(told.valueBytes).isZero();
    }

    @Test
    void aValueIsForgottenSoLongAfterTheFunctionWasCalled() {
        ValueDeclaration brief = new ValueDeclaration("items", TEXT, Expiration.AFTER_CALL, Duration.ofMillis(100));
        FakeInvoker cart = cart(FakeInvoker.answering(call -> write(call, "items"), brief));
        memory.give(message("7", "write"));
        for (int i = 0; i < 5; i++) {
            memory.pass(Duration.ofMillis(90));
            memory.give(message("7", "read"));
            assertThat(lastCall(cart).values()).containsEntry("items", text("write"));
        }
        memory.pass(Duration.ofMillis(100));
        assertThat(memory.of(address(CART, "7")).isEmpty()).isTrue();
    }

    @Test
    void aCallThatTakesTimeKeepsItsValuesToo() {
        ValueDeclaration brief = new ValueDeclaration("items", TEXT, Expiration.AFTER_CALL, Duration.ofMillis(100));
        FakeInvoker cart = cart(FakeInvoker.holding(brief));
        memory.give(message("7", "write"));
        answer(cart, changes("items", "x"));
        memory.pass(Duration.ofMillis(90));
        memory.give(message("7", "read"));
        memory.pass(Duration.ofMillis(90));
        answer(cart, NOTHING);
        assertThat(memory.of(address(CART, "7")).isEmpty()).isFalse();
    }

    @Test
    void aDelayedMessageIsSentWhenItsTimeHasCome() {
        FakeInvoker cart = cart(FakeInvoker.answering(
                call -> texts(call).equals("go") ? delays(later(50, "b", null), later(10, "a", null)) : NOTHING));
        memory.give(message("7", "go"));
        memory.pass(Duration.ofMillis(9));
        assertThat(cart.calls).hasSize(1);
        memory.pass(Duration.ofMillis(100));
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("go", "a", "b");
        assertThat(lastCall(cart).messages().get(0).caller()).isEqualTo(address(CART, "7"));
    }

    @Test
    void aTokenTakesBackWhatAnyFunctionOfTheIdHasSaid() {
        FakeInvoker cart = cart(FakeInvoker.answering(
                call -> texts(call).equals("go") ? delays(later(50, "never", "t"), new Cancel("unknown")) : NOTHING));
        with(STOCK, FakeInvoker.answering(call -> delays(new Cancel("t"))), UnaryOperator.identity());
        memory.give(message("7", "go"));
        memory.give(new Message(address(STOCK, "8"), null, text("other id"), null));
        assertThat(memory.delaysOf("7").isEmpty()).isFalse();
        memory.give(new Message(address(STOCK, "7"), null, text("same id"), null));
        memory.pass(Duration.ofSeconds(1));
        assertThat(cart.calls).hasSize(1);
        assertThat(memory.dead()).isEmpty();
    }

    @Test
    void aTokenThatIsUsedAgainReplaces() {
        FakeInvoker cart = cart(FakeInvoker.answering(call -> texts(call).equals("go")
                ? delays(later(50, "old", "t"), later(60, "new", "t"), later(70, "gone", "u"), new Cancel("u"))
                : NOTHING));
        memory.give(message("7", "go"));
        memory.pass(Duration.ofSeconds(1));
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("go", "new");
    }

    @Test
    void aDelayBelowZeroAndAnEmptyTokenFail() {
        cart(FakeInvoker.answering(
                call -> delays(texts(call).equals("delay") ? later(-1, "x", null) : later(1, "x", ""))));
        memory.give(message("7", "delay"), message("7", "token"));
        assertThat(memory.dead()).hasSize(2);
        assertThat(memory.delaysOf("7").isEmpty()).isTrue();
    }

    @Test
    void aMessageThatFailsIsTriedAgainEverMoreSlowlyThenGivenUp() {
        List<Long> times = new ArrayList<>();
        cart(FakeInvoker.answering(call -> {
            times.add(memory.now());
            return new Answer.Failed("no", true);
        }));
        memory.give(message("7", "a"));
        memory.pass(Duration.ofMinutes(1));
        assertThat(times).containsExactly(0L, 100L, 300L, 700L, 1500L);
        assertThat(memory.dead())
                .containsExactly(new Dead(
                        message("7", "a"), Reason.FUNCTION_FAILED, "call of shop/cart/7 failed 5 times, lastly: no"));
        assertThat(memory.runtime().isIdle()).isTrue();
        assertThat(told.outcomes)
                .containsExactly(Outcome.RETRIED, Outcome.RETRIED, Outcome.RETRIED, Outcome.RETRIED, Outcome.GIVEN_UP);
    }

    @Test
    void retriesAreNeverFurtherApartThanTheLongestDelay() {
        assertThat(IntStream.of(1, 2, 7, 8, 9, 100).mapToLong(FunctionTerms.USUAL::delay))
                .containsExactly(100L, 200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void whatComesWhileAMessageIsTriedAgainWaitsBehindIt() {
        FakeInvoker cart = cart(
                FakeInvoker.mixed(call -> Optional.of(memory.now() < 300 ? new Answer.Failed("no", true) : NOTHING)));
        memory.give(message("7", "a"));
        memory.give(message("7", "b"), message("7", "c"));
        memory.pass(Duration.ofMinutes(1));
        assertThat(cart.calls).extracting(FunctionRuntimeTest::texts).containsExactly("a", "a", "a", "b c");
        assertThat(memory.dead()).isEmpty();
    }

    @Test
    void ofABatchThatFailsOnlyTheGuiltyMessageIsGivenUp() {
        FakeInvoker cart = cart(FakeInvoker.mixed(
                call -> {
                    String texts = texts(call);
                    if (texts.equals("first")) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            texts.contains("bad")
                                    ? new Answer.Failed("bad", true)
                                    : changes("items", items(call) + texts));
                },
                ITEMS));
        memory.give(message("7", "first"), message("7", "a"), message("7", "bad"), message("7", "b"));
        answer(cart, NOTHING);
        memory.give(message("7", "c"), message("7", "d"));
        memory.pass(Duration.ofMinutes(1));
        assertThat(memory.dead()).extracting(dead -> dead.message().argument()).containsExactly(text("bad"));
        assertThat(memory.of(address(CART, "7")).get("items", memory.now())).isEqualTo(text("abc d"));
        assertThat(told.waiting).isZero();
        assertThat(memory.runtime().isFull()).isFalse();
    }

    @Test
    void whatTheFunctionRefusesIsNotTriedAgain() {
        FakeInvoker cart = cart(FakeInvoker.answering(call -> new Answer.Failed("never", false)));
        memory.give(message("7", "a"));
        assertThat(cart.calls).hasSize(1);
        assertThat(memory.dead()).hasSize(1);
    }

    @Test
    void aMessageForAFunctionThatIsNotThereIsADeadLetterAndValuesStay() {
        AddressRow row = new AddressRow();
        row.put(ITEMS, text("x"), 0);
        memory.changed(address(CART, "7"), row);
        memory.give(message("7", "a"));
        assertThat(memory.dead())
                .containsExactly(new Dead(
                        message("7", "a"), Reason.UNKNOWN_FUNCTION, "found no function of type shop/cart in the job"));
        assertThat(memory.of(address(CART, "7")).get("items", 0)).isEqualTo(text("x"));
    }

    @Test
    void aCallWithoutAnAnswerFailsAndWhatItAnswersLaterIsIgnored() {
        FakeInvoker cart = cart(FakeInvoker.holding(ITEMS));
        memory.give(message("7", "a"));
        memory.pass(Duration.ofSeconds(61));
        assertThat(cart.calls).hasSize(2);
        FakeInvoker.Held late = cart.next();
        FakeInvoker.Held again = cart.next();
        late.answer().accept(changes("items", "late"));
        memory.run();
        assertThat(memory.of(address(CART, "7")).isEmpty()).isTrue();
        again.answer().accept(changes("items", "again"));
        again.answer().accept(changes("items", "twice"));
        memory.run();
        assertThat(memory.of(address(CART, "7")).get("items", memory.now())).isEqualTo(text("again"));
        memory.pass(Duration.ofHours(1));
        assertThat(cart.calls).hasSize(2);
    }

    @Test
    void everyCallHasItsOwnTimeout() {
        FakeInvoker cart = cart(FakeInvoker.holding(), terms -> attempts(terms, 1));
        memory.give(message("1", "a"));
        memory.pass(Duration.ofSeconds(20));
        memory.give(message("2", "b"));
        memory.pass(Duration.ofSeconds(20));
        answer(cart, NOTHING);
        memory.pass(Duration.ofMillis(39_999));
        assertThat(memory.dead()).isEmpty();
        memory.pass(Duration.ofMillis(1));
        assertThat(memory.dead()).extracting(Dead::detail).first().asString().contains("no answer within 60000 ms");
    }

    @Test
    void valuesThatAreTooLargeFailTheCall() {
        ValueDeclaration other = ValueDeclaration.kept("other", TEXT);
        cart(
                FakeInvoker.answering(
                        call -> changes(texts(call).split(" ")[0], texts(call).split(" ")[1]), ITEMS, other),
                terms -> sizes(terms, 10, 15));
        memory.give(
                message("7", "items 0123456789"),
                message("7", "items 01234567890"),
                message("7", "other 012345"),
                message("7", "other 01234"),
                message("7", "items 0123456789"));
        assertThat(memory.dead())
                .extracting(Dead::detail)
                .satisfiesExactly(
                        detail -> assertThat(detail).contains("items of 11 bytes, expected at most 10"),
                        detail -> assertThat(detail).contains("values of 16 bytes together, expected at most 15"));
        assertThat(told.valueBytes).isEqualTo(15);
    }

    @Test
    void valuesBeyondTheLimitMayBecomeFewer() {
        AddressRow row = new AddressRow();
        row.put(ITEMS, text("0123456789"), 0);
        row.put(ValueDeclaration.kept("other", TEXT), text("0123456789"), 0);
        memory.changed(address(CART, "7"), row);
        cart(
                FakeInvoker.answering(call -> changes("items", "01234"), ITEMS, ValueDeclaration.kept("other", TEXT)),
                terms -> sizes(terms, 10, 12));
        memory.give(message("7", "less"));
        assertThat(memory.dead()).isEmpty();
    }

    @Test
    void itIsFullWhileMoreWaitsThanItMayHold() {
        FakeInvoker cart = cart(FakeInvoker.holding());
        memory.give(message("7", "x".repeat(9_000)));
        assertThat(memory.runtime().isFull()).isFalse();
        memory.give(message("7", "y".repeat(1_000)));
        assertThat(memory.runtime().isFull()).isTrue();
        answer(cart, NOTHING);
        assertThat(memory.runtime().isFull()).isFalse();
        answer(cart, NOTHING);
        assertThat(memory.runtime().isIdle()).isTrue();
    }

    @Test
    void whatIsUnfinishedComesInTheOrderInWhichToTakeItAgain() {
        FakeInvoker cart = cart(FakeInvoker.holding(), terms -> maxBatch(terms, 2));
        memory.give(message("7", "a"), message("7", "b"), message("8", "x"), message("7", "c"), message("7", "d"));
        answer(cart, NOTHING);
        List<Message> unfinished = new ArrayList<>();
        memory.runtime().unfinished(unfinished::add);
        assertThat(unfinished)
                .containsExactly(message("7", "b"), message("7", "c"), message("7", "d"), message("8", "x"));
    }

    @Test
    void answersMayComeOnAnyThread() throws Exception {
        FakeInvoker cart = cart(FakeInvoker.holding(ITEMS));
        memory.give(message("7", "a"));
        FakeInvoker.Held call = cart.next();
        Thread other = new Thread(() -> call.answer().accept(changes("items", "x")));
        other.start();
        Await.until("the answer to be taken", Duration.ofSeconds(30), () -> {
            memory.run();
            return memory.runtime().isIdle();
        });
        other.join();
        assertThat(memory.of(address(CART, "7")).get("items", 0)).isEqualTo(text("x"));
    }

    @Test
    void chainsOfAnswersAtOnceTakeNoStack() {
        int[] left = {200_000};
        cart(FakeInvoker.answering(call -> --left[0] > 0 ? sends(send(CART, "7", "again")) : NOTHING));
        memory.give(message("7", "go"));
        assertThat(left[0]).isZero();
    }

    @Test
    void manyMessagesOfOneAddressThatAreAnsweredAtOnceTakeNoStack() {
        FakeInvoker cart = cart(
                FakeInvoker.mixed(call -> texts(call).equals("first") ? Optional.empty() : Optional.of(NOTHING)),
                terms -> maxBatch(terms, 1));
        memory.give(message("7", "first"));
        for (int i = 0; i < 100_000; i++) {
            memory.enqueue(message("7", "m"));
        }
        memory.run();
        answer(cart, NOTHING);
        assertThat(memory.runtime().isIdle()).isTrue();
    }

    private FakeInvoker cart(FakeInvoker invoker) {
        return cart(invoker, UnaryOperator.identity());
    }

    private FakeInvoker cart(FakeInvoker invoker, UnaryOperator<FunctionTerms> terms) {
        return with(CART, invoker, terms);
    }

    private FakeInvoker with(FunctionType type, FakeInvoker invoker, UnaryOperator<FunctionTerms> terms) {
        memory.with(type, invoker, terms.apply(FunctionTerms.USUAL));
        return invoker;
    }

    private void answer(FakeInvoker invoker, Answer answer) {
        invoker.next().answer().accept(answer);
        memory.run();
    }

    private static FunctionTerms maxBatch(FunctionTerms of, int maxBatch) {
        return new FunctionTerms(
                maxBatch,
                of.concurrency(),
                of.timeout(),
                of.maxAttempts(),
                of.firstDelay(),
                of.longestDelay(),
                of.maxValueBytes(),
                of.maxValuesBytes());
    }

    private static FunctionTerms concurrency(FunctionTerms of, int concurrency) {
        return new FunctionTerms(
                of.maxBatch(),
                concurrency,
                of.timeout(),
                of.maxAttempts(),
                of.firstDelay(),
                of.longestDelay(),
                of.maxValueBytes(),
                of.maxValuesBytes());
    }

    private static FunctionTerms attempts(FunctionTerms of, int maxAttempts) {
        return new FunctionTerms(
                of.maxBatch(),
                of.concurrency(),
                of.timeout(),
                maxAttempts,
                of.firstDelay(),
                of.longestDelay(),
                of.maxValueBytes(),
                of.maxValuesBytes());
    }

    private static FunctionTerms sizes(FunctionTerms of, long one, long all) {
        return new FunctionTerms(
                of.maxBatch(),
                of.concurrency(),
                of.timeout(),
                of.maxAttempts(),
                of.firstDelay(),
                of.longestDelay(),
                one,
                all);
    }

    private static Address address(FunctionType type, String id) {
        return new Address(type, id);
    }

    private static Message message(String id, String text) {
        return new Message(address(CART, id), null, text(text), null);
    }

    private static Message traced(String id, String text, String trace) {
        return new Message(address(CART, id), null, text(text), trace);
    }

    private static TypedValue text(String text) {
        return new TypedValue(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable TypedValue value) {
        return value == null ? "" : new String(value.bytes(), StandardCharsets.UTF_8);
    }

    private static String texts(Invocation call) {
        return String.join(
                " ",
                call.messages().stream()
                        .map(message -> text(message.argument()))
                        .toList());
    }

    private static String last(Invocation call) {
        return text(call.messages().get(call.messages().size() - 1).argument());
    }

    private static String items(Invocation call) {
        return text(call.values().get("items"));
    }

    private static Invocation lastCall(FakeInvoker invoker) {
        return invoker.calls.get(invoker.calls.size() - 1);
    }

    private static Answer write(Invocation call, String name) {
        return texts(call).equals("write") ? changes(name, "write") : NOTHING;
    }

    private static Answer changes(String name, String text) {
        return new Answer.Done(new Effects(List.of(), List.of(), List.of(), List.of(new Change(name, text(text)))));
    }

    private static Send send(FunctionType type, String id, String text) {
        return new Send(address(type, id), text(text));
    }

    private static Answer sends(Send... sends) {
        return new Answer.Done(new Effects(List.of(sends), List.of(), List.of(), List.of()));
    }

    private static Later later(long millis, String text, @Nullable String token) {
        return new Later(millis, address(CART, "7"), text(text), token);
    }

    private static Answer delays(Delay... delays) {
        return new Answer.Done(new Effects(List.of(), List.of(delays), List.of(), List.of()));
    }

    /** Sums up what an observer is told. */
    private static final class Told implements FunctionObserver {
        final List<Outcome> outcomes = new ArrayList<>();
        int waiting;
        int underWay;
        long valueBytes;

        @Override
        public void called(FunctionType type, int messages, long nanos, Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void waiting(FunctionType type, int messagesMore) {
            waiting += messagesMore;
        }

        @Override
        public void underWay(FunctionType type, int callsMore) {
            underWay += callsMore;
        }

        @Override
        public void valueBytes(FunctionType type, long bytesMore) {
            valueBytes += bytesMore;
        }
    }

    /** Notes in which order things are asked for. */
    private record Recording(FunctionHost host, List<String> order) implements FunctionHost {
        @Override
        public void send(Message message) {
            order.add("send " + text(message.argument()));
        }

        @Override
        public void egress(Address from, Effects.Egress egress, Message cause) {
            order.add("egress " + text(egress.value()));
        }

        @Override
        public void deadLetter(Message message, Reason reason, String detail) {
            order.add("dead letter");
        }

        @Override
        public long now() {
            return host.now();
        }

        @Override
        public long nanoTime() {
            return host.nanoTime();
        }

        @Override
        public void later(long millis, Runnable task) {
            host.later(millis, task);
        }

        @Override
        public void soon(Runnable task) {
            host.soon(task);
        }
    }

    private record RecordingRows(Rows rows, List<String> order) implements Rows {
        @Override
        public AddressRow of(Address address) {
            return rows.of(address);
        }

        @Override
        public DelayRow delaysOf(String id) {
            return rows.delaysOf(id);
        }

        @Override
        public void changed(Address address, AddressRow row) {
            order.add("values of " + address);
        }

        @Override
        public void changed(String id, DelayRow row) {
            order.add("delays of " + id);
        }
    }
}
