package dev.weft.function.jvm;

import dev.weft.function.Answer;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.ValueDeclaration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;

/**
 * Calls functions that are in this JVM, on the task's thread. A function whose future is not complete when it returns
 * goes on where it likes, and the task with other messages.
 *
 * <p>A function that does not return within the timeout is interrupted, and its call has failed; see {@link Watchdog}
 * for what cannot be interrupted. One whose future does not complete is not stopped by anybody: its call fails in the
 * runtime, and when it is called again, the first may still be going on.
 *
 * <p>The messages of a call are given to the function one after the other, each when the future of the one before is
 * complete, over one view of the values; where one fails, the call has failed.
 */
public final class JvmFunctions implements Invoker {

    /** A function, with what is needed at each call of it. */
    record Known(StatefulFunctionSpec spec, TypeName name, List<ValueSpec<?>> values) {}

    private final Map<FunctionType, Known> functions = new HashMap<>();
    private final ClassLoader loader;
    private final Watchdog watchdog;

    /**
     * Makes an invoker of some functions.
     *
     * @param loader is the context class loader of threads while they run a function
     * @param timeout after which a function that has not returned is interrupted
     */
    public JvmFunctions(Map<FunctionType, StatefulFunctionSpec> specs, ClassLoader loader, Duration timeout) {
        specs.forEach((type, spec) -> functions.put(
                type,
                new Known(spec, spec.typeName(), List.copyOf(spec.knownValues().values()))));
        this.loader = loader;
        this.watchdog = new Watchdog(timeout);
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return known(type).values().stream().map(Translation::declaration).toList();
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        new JvmCall(known(invocation.target().type()), invocation, answer, loader, watchdog).begin();
    }

    private Known known(FunctionType type) {
        return Objects.requireNonNull(functions.get(type), () -> "asked for " + type + ", which is not here");
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
