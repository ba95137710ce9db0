package dev.weft.workflow.host;

import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import java.util.List;
import java.util.function.Consumer;

/** Calls {@link InstanceTurn}. Keeps the instance, and for a while how it has ended. */
final class InstanceFunction implements Invoker {

    private final Hosting hosting;

    InstanceFunction(Hosting hosting) {
        this.hosting = hosting;
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return List.of(
                ValueDeclaration.kept(InstanceTurn.INSTANCE, KeptInstance.TYPENAME),
                new ValueDeclaration(
                        InstanceTurn.ENDED,
                        EndedInstance.TYPENAME,
                        Expiration.AFTER_WRITE,
                        hosting.settings().retain()));
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        answer.accept(Turn.answer(() -> take(invocation)));
    }

    private Effects take(Invocation invocation) throws UnreadableException {
        TypedValue kept = invocation.values().get(InstanceTurn.INSTANCE);
        TypedValue ended = invocation.values().get(InstanceTurn.ENDED);
        List<Message> messages = invocation.messages();
        InstanceTurn turn = new InstanceTurn(
                hosting,
                invocation.target(),
                kept == null ? null : KeptInstance.read(kept.bytes()),
                ended == null ? null : EndedInstance.read(ended.bytes()),
                messages.size() > 1);
        turn.begin();
        for (Message message : messages) {
            turn.take(message);
        }
        return turn.effects();
    }

    @Override
    public void close() {
        // Nothing is under way after a call.
    }
}
