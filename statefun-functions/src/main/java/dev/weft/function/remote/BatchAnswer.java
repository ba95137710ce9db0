package dev.weft.function.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.function.protocol.AddressMessage;
import dev.weft.function.protocol.FromFunction;
import dev.weft.function.protocol.TypedValueMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a function answers, as it comes over the wire. Nothing of it is believed: an answer of which one part cannot be
 * is no answer, so that nothing of it is applied.
 */
final class BatchAnswer {

    private static final Pattern VALUE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Long enough for anyone, and short enough to be added to any time. */
    private static final long LONGEST_MILLIS = Duration.ofDays(365_250).toMillis();

    private BatchAnswer() {}

    /**
     * Reads the bytes of a {@code FromFunction}. One that says nothing means that the function has run without effects;
     * a value that is written and has none is removed. What the function itself says wrongly it would say again.
     */
    static Answer read(byte[] bytes) {
        try {
            FromFunction from = FromFunction.parseFrom(bytes);
            return switch (from.getResponseCase()) {
                case INVOCATION_RESULT -> new Answer.Done(effects(from.getInvocationResult()));
                case INCOMPLETE_INVOCATION_CONTEXT ->
                    new Answer.Undeclared(
                            declarations(from.getIncompleteInvocationContext().getMissingValuesList()));
                case RESPONSE_NOT_SET -> empty(from);
            };
        } catch (InvalidProtocolBufferException e) {
            return foreign(bytes.length);
        } catch (Unfit e) {
            return new Answer.Failed("the function answers with " + e.getMessage(), false);
        }
    }

    /** Bytes of something else may happen to be fields that the protocol does not have. */
    private static Answer empty(FromFunction from) {
        return from.getUnknownFields().asMap().isEmpty()
                ? new Answer.Done(Effects.NONE)
                : foreign(from.getSerializedSize());
    }

    private static Answer foreign(int length) {
        return new Answer.Failed(
                "the answer's " + length + " bytes are no FromFunction of the StateFun protocol", true);
    }

    private static Effects effects(FromFunction.InvocationResponse response) throws Unfit {
        List<Effects.Send> sends = new ArrayList<>(response.getOutgoingMessagesCount());
        for (FromFunction.Invocation message : response.getOutgoingMessagesList()) {
            sends.add(new Effects.Send(address(message.getTarget()), value("a message", message.getArgument())));
        }
        List<Effects.Delay> delays = new ArrayList<>(response.getDelayedInvocationsCount());
        for (FromFunction.DelayedInvocation delayed : response.getDelayedInvocationsList()) {
            delays.add(delay(delayed));
        }
        List<Effects.Egress> egresses = new ArrayList<>(response.getOutgoingEgressesCount());
        for (FromFunction.EgressMessage record : response.getOutgoingEgressesList()) {
            FunctionType egress = type("an egress", record.getEgressNamespace(), record.getEgressType());
            egresses.add(new Effects.Egress(egress, value("a record for " + egress, record.getArgument())));
        }
        List<Effects.Change> changes = new ArrayList<>(response.getStateMutationsCount());
        for (FromFunction.PersistedValueMutation mutation : response.getStateMutationsList()) {
            changes.add(change(mutation));
        }
        return new Effects(sends, delays, egresses, changes);
    }

    private static Effects.Delay delay(FromFunction.DelayedInvocation delayed) throws Unfit {
        String token = delayed.getCancellationToken();
        if (delayed.getIsCancellationRequest()) {
            if (token.isEmpty()) {
                throw new Unfit("a cancellation without a token");
            }
            return new Effects.Cancel(token);
        }
        long millis = delayed.getDelayInMs();
        if (millis < 0 || millis > LONGEST_MILLIS) {
            throw new Unfit("a delay of " + millis + " ms, where 0 to " + LONGEST_MILLIS + " can be");
        }
        return new Effects.Later(
                millis,
                address(delayed.getTarget()),
                value("a delayed message", delayed.getArgument()),
                token.isEmpty() ? null : token);
    }

    private static Effects.Change change(FromFunction.PersistedValueMutation mutation) throws Unfit {
        String name = name(mutation.getStateName());
        return switch (mutation.getMutationType()) {
            case DELETE -> new Effects.Change(name, null);
            case MODIFY ->
                new Effects.Change(
                        name,
                        mutation.getStateValue().getHasValue()
                                ? value("the value " + name, mutation.getStateValue())
                                : null);
            case UNRECOGNIZED ->
                throw new Unfit("the unknown change " + mutation.getMutationTypeValue() + " of the value " + name);
        };
    }

    private static List<ValueDeclaration> declarations(List<FromFunction.PersistedValueSpec> specs) throws Unfit {
        Map<String, ValueDeclaration> declared = new LinkedHashMap<>();
        for (FromFunction.PersistedValueSpec spec : specs) {
            ValueDeclaration declaration = declaration(spec);
            ValueDeclaration other = declared.putIfAbsent(declaration.name(), declaration);
            if (other != null && !other.equals(declaration)) {
                throw new Unfit("two different declarations of the value " + declaration.name());
            }
        }
        if (declared.isEmpty()) {
            throw new Unfit("a lack of values of which it names none");
        }
        return List.copyOf(declared.values());
    }

    private static ValueDeclaration declaration(FromFunction.PersistedValueSpec spec) throws Unfit {
        String name = name(spec.getStateName());
        String typename = spec.getTypeTypename();
        if (typename.isEmpty()) {
            throw new Unfit("the value " + name + " without a type");
        }
        FromFunction.ExpirationSpec expires = spec.getExpirationSpec();
        return switch (expires.getMode()) {
            case NONE -> ValueDeclaration.kept(name, typename);
            case AFTER_WRITE ->
                new ValueDeclaration(name, typename, Expiration.AFTER_WRITE, expireAfter(name, expires));
            case AFTER_INVOKE ->
                new ValueDeclaration(name, typename, Expiration.AFTER_CALL, expireAfter(name, expires));
            case UNRECOGNIZED ->
                throw new Unfit("the unknown expiration " + expires.getModeValue() + " of the value " + name);
        };
    }

    private static Duration expireAfter(String name, FromFunction.ExpirationSpec expires) throws Unfit {
        long millis = expires.getExpireAfterMillis();
        if (millis <= 0 || millis > LONGEST_MILLIS) {
            throw new Unfit("the value %s, which expires after %d ms, where 1 to %d can be"
                    .formatted(name, millis, LONGEST_MILLIS));
        }
        return Duration.ofMillis(millis);
    }

    private static String name(String name) throws Unfit {
        if (!VALUE_NAME.matcher(name).matches()) {
            throw new Unfit("the value \"" + Excerpt.of(name)
                    + "\", whose name is not of letters, digits and underscores, or begins with a digit");
        }
        return name;
    }

    private static Address address(AddressMessage target) throws Unfit {
        FunctionType type = type("a message to the function", target.getNamespace(), target.getType());
        if (target.getId().isEmpty()) {
            throw new Unfit("a message to " + type + " without an id");
        }
        return new Address(type, target.getId());
    }

    /** A name with a slash would be another type once it is written as text. */
    private static FunctionType type(String what, String namespace, String name) throws Unfit {
        if (namespace.isEmpty() || name.isEmpty() || name.indexOf('/') >= 0) {
            throw new Unfit(
                    what + " \"" + Excerpt.of(namespace) + "\" \"" + Excerpt.of(name) + "\", which is no type's name");
        }
        return new FunctionType(namespace, name);
    }

    private static TypedValue value(String what, TypedValueMessage value) throws Unfit {
        if (!value.getHasValue()) {
            throw new Unfit(what + " without a value");
        }
        if (value.getTypename().isEmpty()) {
            throw new Unfit(what + " of no type");
        }
        return new TypedValue(value.getTypename(), value.getValue().toByteArray());
    }

    /** A part of an answer cannot be. The message says which, to stand behind "answers with". */
    private static final class Unfit extends Exception {

        private static final long serialVersionUID = 1L;

        Unfit(String what) {
            super(what);
        }
    }
}
