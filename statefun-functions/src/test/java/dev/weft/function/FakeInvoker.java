package dev.weft.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls nobody: answers at once by a rule, or has the test answer. */
final class FakeInvoker implements Invoker {

    /** A call that waits for its answer. */
    record Held(Invocation invocation, Consumer<Answer> answer) {}

    final List<Invocation> calls = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final List<ValueDeclaration> declared;
    private final Function<Invocation, Optional<Answer>> rule;

    private FakeInvoker(List<ValueDeclaration> declared, Function<Invocation, Optional<Answer>> rule) {
        this.declared = declared;
        this.rule = rule;
    }

    /** Answers at once. */
    static FakeInvoker answering(Function<Invocation, Answer> rule, ValueDeclaration... declared) {
        return new FakeInvoker(List.of(declared), rule.andThen(Optional::of));
    }

    /** Answers when the test says so. */
    static FakeInvoker holding(ValueDeclaration... declared) {
        return new FakeInvoker(List.of(declared), invocation -> Optional.empty());
    }

    /** Answers at once if the rule gives an answer, else when the test says so. */
    static FakeInvoker mixed(Function<Invocation, Optional<Answer>> rule, ValueDeclaration... declared) {
        return new FakeInvoker(List.of(declared), rule);
    }

    /** Takes the call that was made first of those that wait for an answer. */
    Held next() {
        return held.remove();
    }

    int held() {
        return held.size();
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return declared;
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        calls.add(invocation);
        rule.apply(invocation).ifPresentOrElse(answer, () -> held.add(new Held(invocation, answer)));
    }

    @Override
    public void close() {
        held.clear();
    }
}
