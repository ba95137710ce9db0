package dev.weft.workflow.host;

import dev.weft.function.TypedValue;
import org.jspecify.annotations.Nullable;

/** What is said to an instance. */
sealed interface InstanceMessage {

    String TYPENAME = "weft.workflow/signal";

    /** Writes it. */
    TypedValue form();

    /**
     * It begins, unless it has begun before.
     *
     * @param input as JSON
     * @param request the command that asked for it; null for none
     */
    record Start(
            WorkflowName workflow,
            byte[] input,
            Origin origin,
            @Nullable String request) implements InstanceMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(0, input.length + 160);
            workflow.write(out);
            origin.write(out);
            return done(out.textOrNone(request).raw(input));
        }
    }

    /**
     * An event it waits for, perhaps.
     *
     * @param json its envelope
     */
    record Event(String token, int filter, byte[] json) implements InstanceMessage {
        @Override
        public TypedValue form() {
            return done(begun(1, json.length + token.length() + 16)
                    .text(token)
                    .signed(filter)
                    .raw(json));
        }
    }

    /** A call came to its end. */
    record CallEnded(String token, Ending ending) implements InstanceMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(2, 256).text(token);
            ending.write(out);
            return done(out);
        }
    }

    /** An instance that it began has ended. */
    record ChildEnded(String token, Ending ending) implements InstanceMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(3, 256).text(token);
            ending.write(out);
            return done(out);
        }
    }

    /** It may be time for something. */
    record Wake() implements InstanceMessage {
        static final TypedValue FORM = done(begun(4, 2));

        @Override
        public TypedValue form() {
            return FORM;
        }
    }

    /** It is to go on. */
    record GoOn() implements InstanceMessage {
        static final TypedValue FORM = done(begun(5, 2));

        @Override
        public TypedValue form() {
            return FORM;
        }
    }

    /** The instance that began it does not want it any more. */
    record Cancel(String reason) implements InstanceMessage {
        @Override
        public TypedValue form() {
            return done(begun(6, 64).text(reason));
        }
    }

    /** Somebody asks for something. */
    record Ordered(Order order) implements InstanceMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(7, 128);
            order.write(out);
            return done(out);
        }
    }

    /** Reads a message. */
    static InstanceMessage read(TypedValue value) throws UnreadableException {
        if (!value.typename().equals(TYPENAME)) {
            throw new UnreadableException("found " + value.typename() + ", expected " + TYPENAME);
        }
        FormReader in = new FormReader("a message to an instance", value.bytes(), 1);
        int kind = in.octetBelow(8);
        InstanceMessage message = switch (kind) {
            case 0 -> readStart(in);
            case 1 -> new Event(in.text(), (int) in.signed(), in.rest());
            case 2 -> new CallEnded(in.text(), Ending.read(in));
            case 3 -> new ChildEnded(in.text(), Ending.read(in));
            case 4 -> new Wake();
            case 5 -> new GoOn();
            case 6 -> new Cancel(in.text());
            default -> new Ordered(Order.read(in));
        };
        in.end();
        return message;
    }

    private static Start readStart(FormReader in) throws UnreadableException {
        WorkflowName workflow = WorkflowName.read(in);
        Origin origin = Origin.read(in);
        String request = in.textOrNone();
        return new Start(workflow, in.rest(), origin, request);
    }

    private static FormWriter begun(int kind, int bytes) {
        return new FormWriter(1, bytes).octet(kind);
    }

    private static TypedValue done(FormWriter out) {
        return new TypedValue(TYPENAME, out.done());
    }
}
