package dev.weft.workflow.host;

import dev.weft.function.TypedValue;

/** What is said to an address of {@link WorkflowTypes#CORRELATION}. */
sealed interface CorrelationMessage {

    String TYPENAME = "weft.workflow/correlation";

    /** Writes it. */
    TypedValue form();

    /**
     * An event came that the filter wants, as far as it can be asked without an instance.
     *
     * @param at when it was put where it was read from, milliseconds since 1970
     * @param identity of source and id
     * @param keepMillis for how long it is kept for those that will wait for it; 0 for not at all
     * @param json its envelope
     */
    record Event(long at, long identity, long keepMillis, byte[] json) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            return done(begun(0, json.length + 40)
                    .signed(at)
                    .signed(identity)
                    .signed(keepMillis)
                    .raw(json));
        }
    }

    /**
     * An instance waits.
     *
     * @param since events put since then, and kept here, are meant too; milliseconds since 1970
     */
    record Subscribe(Waiter waiter, long since) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(1, 128);
            waiter.write(out);
            return done(out.signed(since));
        }
    }

    /** An instance does not wait any more. */
    record Unsubscribe(Waiter waiter) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(2, 128);
            waiter.write(out);
            return done(out);
        }
    }

    /**
     * From the address above: an instance waits, and has got what was kept.
     *
     * @param depth of the address that takes the message, from 1
     */
    record Adopt(Waiter waiter, int depth) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(3, 128);
            waiter.write(out);
            return done(out.signed(depth));
        }
    }

    /** From the address above: an event for all who wait. */
    record Relay(byte[] json) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            return done(begun(4, json.length + 2).raw(json));
        }
    }

    /**
     * From an address below: nobody waits there.
     *
     * @param branch of that address
     * @param adopted how many had come to it since it said so last
     */
    record Deserted(int branch, long adopted) implements CorrelationMessage {
        @Override
        public TypedValue form() {
            return done(begun(5, 16).octet(branch).signed(adopted));
        }
    }

    /** Reads a message. */
    static CorrelationMessage read(TypedValue value) throws UnreadableException {
        if (!value.typename().equals(TYPENAME)) {
            throw new UnreadableException("found " + value.typename() + ", expected " + TYPENAME);
        }
        FormReader in = new FormReader("a message to a correlation", value.bytes(), 1);
        int kind = in.octetBelow(6);
        CorrelationMessage message = switch (kind) {
            case 0 -> new Event(in.signed(), in.signed(), in.signed(), in.rest());
            case 1 -> new Subscribe(Waiter.read(in), in.signed());
            case 2 -> new Unsubscribe(Waiter.read(in));
            case 3 -> new Adopt(Waiter.read(in), (int) in.signed());
            case 4 -> new Relay(in.rest());
            default -> new Deserted(in.octetBelow(Waiters.BRANCHES), in.signed());
        };
        in.end();
        return message;
    }

    private static FormWriter begun(int kind, int bytes) {
        return new FormWriter(1, bytes).octet(kind);
    }

    private static TypedValue done(FormWriter out) {
        return new TypedValue(TYPENAME, out.done());
    }
}
