package dev.weft.function.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JvmFunctionsTest {

    private static final TypeName NAME = TypeName.typeNameFromString("a/function");
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void aFunctionThatReturnsAtOnceIsAnsweredAtOnce() {
        assertThat(call(LONG, (context, message) -> context.done(), 3).join()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void whatAFunctionThrowsIsToldWithItsPlace() {
        Answer answer = call(
                        LONG,
                        (context, message) -> {
                            throw new IllegalStateException("boom");
                        },
                        1)
                .join();
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.detail())
                    .startsWith("java.lang.IllegalStateException: boom at ")
                    .contains("JvmFunctionsTest.java:");
            assertThat(failed.isWorthRetrying()).isTrue();
        });
    }

    @Test
    void aFunctionThatCallsItselfWithoutEndFails() {
        assertThat(call(LONG, JvmFunctionsTest::forever, 1).join())
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.detail()).contains("StackOverflowError"));
    }

    @SuppressWarnings("InfiniteRecursion") // which is what it is for
    private static CompletableFuture<Void> forever(
            Context context, org.apache.flink.statefun.sdk.java.message.Message m) {
        return forever(context, m).thenCompose(nothing -> forever(context, m));
    }

    @Test
    void theMessagesOfABatchAreTakenOneAfterTheOther() throws Exception {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        CompletableFuture<Answer> answer = call(
                LONG,
                (context, message) -> {
                    CompletableFuture<Void> future = new CompletableFuture<>();
                    futures.add(future);
                    return future;
                },
                3);
        for (int i = 0; i < 3; i++) {
            assertThat(futures).hasSize(i + 1);
            assertThat(answer).isNotDone();
            CompletableFuture<Void> future = futures.get(i);
            Thread other = new Thread(() -> future.complete(null));
            other.start();
            other.join();
        }
        assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void aBatchEndsWithTheFirstMessageThatFails() {
        AtomicInteger calls = new AtomicInteger();
        Answer answer = call(
                        LONG,
                        (context, message) -> calls.incrementAndGet() == 2
                                ? CompletableFuture.failedFuture(new IllegalStateException("second"))
                                : context.done(),
                        3)
                .join();
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aContextIsOverWithItsCall() {
        List<Context> contexts = new ArrayList<>();
        call(
                        LONG,
                        (context, message) -> {
                            contexts.add(context);
                            return context.done();
                        },
                        1)
                .join();
        assertThatIllegalStateException().isThrownBy(() -> contexts.get(0).cancelDelayedMessage("token"));
    }

    @Test
    void functionsRunWithTheirClassLoader() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        List<ClassLoader> seen = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            CompletableFuture<Void> slow = new CompletableFuture<>();
            StatefulFunction function = (context, message) -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                return seen.size() == 1 ? slow : context.done();
            };
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            functions(function, loader, LONG).call(invocation(2), answer::complete);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            Thread other = new Thread(() -> slow.complete(null));
            other.start();
            other.join();
            assertThat(answer.join()).isInstanceOf(Answer.Done.class);
            assertThat(seen).containsExactly(loader, loader);
        }
    }

    @Test
    void aFunctionThatHangsIsInterruptedAndItsCallFails() {
        CountDownLatch never = new CountDownLatch(1);
        Answer answer = call(
                        Duration.ofMillis(100),
                        (context, message) -> {
                            never.await();
                            return context.done();
                        },
                        1)
                .join();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.detail())
                                .startsWith("did not return in time, and was interrupted: "
                                        + "java.lang.InterruptedException"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aFunctionThatIgnoresAnInterruptIsInterruptedAgain() {
        AtomicInteger interrupts = new AtomicInteger();
        Answer answer = call(
                        Duration.ofMillis(50),
                        (context, message) -> {
                            while (interrupts.get() < 3) {
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupts.incrementAndGet();
                                }
                            }
                            return context.done();
                        },
                        1)
                .join();
        assertThat(answer).isInstanceOf(Answer.Done.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void nothingButFunctionsIsInterrupted() throws Exception {
        StatefulFunction function = (context, message) -> {
            try {
                new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS); // about as long as the timeout
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            return context.done();
        };
        try (JvmFunctions functions =
                functions(function, JvmFunctionsTest.class.getClassLoader(), Duration.ofMillis(3))) {
            int interrupted = 0;
            for (int i = 0; i < 1000; i++) {
                CompletableFuture<Answer> answer = new CompletableFuture<>();
                functions.call(invocation(1), answer::complete);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                interrupted += answer.join() instanceof Answer.Failed ? 1 : 0;
            }
            assertThat(interrupted).isLessThan(1000);
        }
    }

    @Test
    void anInterruptOfTheTaskStays() {
        Answer answer = call(
                        LONG,
                        (context, message) -> {
                            Thread.currentThread().interrupt();
                            new CountDownLatch(1).await();
                            return context.done();
                        },
                        1)
                .join();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isInstanceOf(Answer.Failed.class);
    }

    private static CompletableFuture<Answer> call(Duration timeout, StatefulFunction function, int messages) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try (JvmFunctions functions = functions(function, JvmFunctionsTest.class.getClassLoader(), timeout)) {
            functions.call(invocation(messages), answer::complete);
        }
        return answer;
    }

    private static JvmFunctions functions(StatefulFunction function, ClassLoader loader, Duration timeout) {
        StatefulFunctionSpec spec =
                StatefulFunctionSpec.builder(NAME).withSupplier(() -> function).build();
        return new JvmFunctions(Map.of(FunctionType.parse("a/function"), spec), loader, timeout);
    }

    private static Invocation invocation(int messages) {
        Address address = new Address(FunctionType.parse("a/function"), "7");
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            batch.add(new Message(address, null, new TypedValue("a/type", new byte[0]), null));
        }
        return new Invocation(address, batch, Map.of());
    }
}
