package dev.weft.function;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, from when it is made until its first answer, or until its time is over. The answer may come on any thread.
 * One that comes on the task's own, while it still makes the call, is put by for it.
 */
final class Call implements Consumer<Answer> {

    final Kind kind;
    final Invocation invocation;

    /** The host's {@link FunctionHost#nanoTime} when it began. */
    final long began;

    /** The host's time at which it fails, in milliseconds since 1970. */
    long deadline;

    /** Of whom there is none for a call that is answered at once. */
    @Nullable
    Line line;

    private final FunctionHost host;
    private final BiConsumer<Call, Answer> late;
    private final Thread task = Thread.currentThread();
    private boolean isBeingMade = true;
    private boolean hasEnded;
    private @Nullable Answer atOnce;

    Call(Kind kind, Invocation invocation, FunctionHost host, BiConsumer<Call, Answer> late) {
        this.kind = kind;
        this.invocation = invocation;
        this.host = host;
        this.began = host.nanoTime();
        this.late = late;
    }

    /** Makes the call. Returns its answer where that is there at once. */
    @Nullable
    Answer make() {
        kind.invoker.call(invocation, this);
        isBeingMade = false;
        return atOnce;
    }

    @Override
    public void accept(Answer answer) {
        if (Thread.currentThread() == task && isBeingMade) {
            if (atOnce == null) {
                atOnce = answer;
            }
        } else {
            host.soon(() -> late.accept(this, answer));
        }
    }

    /** Notes that it has ended. Returns whether it had not before. */
    boolean end() {
        boolean first = !hasEnded;
        hasEnded = true;
        return first;
    }

    List<Message> messages() {
        return invocation.messages();
    }

    Map<String, @Nullable TypedValue> values() {
        return invocation.values();
    }
}
