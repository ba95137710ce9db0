package dev.weft.function.jvm;

import dev.weft.function.Answer;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.jvm.JvmFunctions.Known;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.jspecify.annotations.Nullable;

/** One call of one function, all its messages. */
final class JvmCall {

    private static final int LONGEST_DETAIL = 1000;

    private final Known known;
    private final Invocation invocation;
    private final Consumer<Answer> answer;
    private final ClassLoader loader;
    private final Watchdog watchdog;
    private final Address self;
    private final CallContext context;
    private @Nullable StatefulFunction function;

    /** How many messages were given to the function. Only one thread at a time is in a call. */
    private int given;

    JvmCall(Known known, Invocation invocation, Consumer<Answer> answer, ClassLoader loader, Watchdog watchdog) {
        this.known = known;
        this.invocation = invocation;
        this.answer = answer;
        this.loader = loader;
        this.watchdog = watchdog;
        this.self = new Address(known.name(), invocation.target().id());
        this.context = new CallContext(self, new ValueView(known.values(), invocation.values()));
    }

    /** Runs the call on the task's thread, as far as it goes there. */
    void begin() {
        watchdog.begin(invocation.target());
        Answer ended;
        boolean wasInterrupted;
        try {
            ended = run();
        } finally {
            wasInterrupted = watchdog.end();
        }
        if (wasInterrupted && ended instanceof Answer.Failed failed) {
            ended = new Answer.Failed("did not return in time, and was interrupted: " + failed.detail(), true);
        }
        if (ended != null) {
            answer.accept(ended);
        }
    }

    private void goOn(@Nullable Throwable failure) {
        Answer ended = failure == null ? run() : failed(failure);
        if (ended != null) {
            answer.accept(ended);
        }
    }

    /** Gives messages to the function until it needs time. Returns the answer, or null if there is none yet. */
    private @Nullable Answer run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            List<Message> messages = invocation.messages();
            while (given < messages.size()) {
                CompletableFuture<Void> future = give(messages.get(given++));
                if (!future.isDone()) {
                    future.whenComplete((nothing, failure) -> goOn(failure));
                    return null;
                }
                future.join();
            }
            return new Answer.Done(context.end());
        } catch (Throwable e) { // a function is declared to throw anything
            return failed(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private CompletableFuture<Void> give(Message message) throws Throwable {
        StatefulFunction callee = function;
        if (callee == null) {
            callee = Objects.requireNonNull(known.spec().supplier().get(), "the function's supplier returned null");
            function = callee;
        }
        context.from(message.caller());
        return Objects.requireNonNull(
                callee.apply(context, new ReceivedMessage(self, message.argument())), "the function returned null");
    }

    private static Answer failed(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
            throw error; // such as that no memory is left: no function's own affair
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // the task's end, unless the watchdog sent it, who takes it back
        }
        StackTraceElement[] stack = cause.getStackTrace();
        String detail = cause + (stack.length == 0 ? "" : " at " + stack[0]);
        return new Answer.Failed(detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)), true);
    }
}
