package dev.weft.workflow.host;

import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Send;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.workflow.call.CallOutcome;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to the outside and tells the instance how they ended. Each has an address of its own, where nothing is
 * kept: until it has ended it is a message that is not applied, and is made again after a restore.
 */
final class CallFunction implements Invoker {

    private final Outside outside;
    private final @Nullable CheckpointGate gate;

    /**
     * Makes one.
     *
     * @param gate where calls wait until a checkpoint knows of them; null where none has to
     */
    CallFunction(Outside outside, @Nullable CheckpointGate gate) {
        this.outside = outside;
        this.gate = gate;
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return List.of();
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        Message message = invocation.messages().get(0);
        Address instance = message.caller();
        if (invocation.messages().size() > 1 || instance == null) {
            answer.accept(new Answer.Failed("found other than one message of an instance", false));
            return;
        }
        CallMessage call;
        try {
            call = CallMessage.read(message.argument());
        } catch (UnreadableException e) {
            answer.accept(new Answer.Failed(String.valueOf(e.getMessage()), false));
            return;
        }
        Runnable dispatch =
                () -> outside.call(call.request(), outcome -> answer.accept(told(instance, call.token(), outcome)));
        if (gate != null && call.isHeld()) {
            gate.await(dispatch);
        } else {
            dispatch.run();
        }
    }

    private static Answer told(Address instance, String token, CallOutcome outcome) {
        TypedValue ended = new InstanceMessage.CallEnded(token, Ending.of(outcome)).form();
        return new Answer.Done(new Effects(List.of(new Send(instance, ended)), List.of(), List.of(), List.of()));
    }

    @Override
    public void close() {
        outside.close();
    }
}
