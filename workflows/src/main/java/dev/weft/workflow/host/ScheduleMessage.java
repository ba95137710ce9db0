package dev.weft.workflow.host;

import dev.weft.function.TypedValue;

/** What is said to a schedule. */
sealed interface ScheduleMessage {

    String TYPENAME = "weft.workflow/schedule";

    /** Writes it. */
    TypedValue form();

    /** The job begins, or its config is another one: the schedule is perhaps to be set. */
    record Arm() implements ScheduleMessage {
        @Override
        public TypedValue form() {
            return done(begun(0, 2));
        }
    }

    /**
     * Its own: it is time.
     *
     * @param at the time that was meant, milliseconds since 1970
     */
    record Tick(long at) implements ScheduleMessage {
        @Override
        public TypedValue form() {
            return done(begun(1, 16).signed(at));
        }
    }

    /** An instance that it started has ended. */
    record Ended(String instance) implements ScheduleMessage {
        @Override
        public TypedValue form() {
            return done(begun(2, 64).text(instance));
        }
    }

    /**
     * An event came that one of its filters wants.
     *
     * @param filter the filter's key
     * @param at when it was put where it was read from, milliseconds since 1970
     * @param identity of source and id
     * @param json its envelope
     */
    record Event(String filter, long at, long identity, byte[] json) implements ScheduleMessage {
        @Override
        public TypedValue form() {
            FormWriter out = begun(3, json.length + 64);
            write(out);
            return done(out);
        }

        void write(FormWriter out) {
            out.text(filter).signed(at).signed(identity).bytes(json);
        }

        static Event read(FormReader in) throws UnreadableException {
            return new Event(in.text(), in.signed(), in.signed(), in.bytes());
        }
    }

    /** Reads a message. */
    static ScheduleMessage read(TypedValue value) throws UnreadableException {
        if (!value.typename().equals(TYPENAME)) {
            throw new UnreadableException("found " + value.typename() + ", expected " + TYPENAME);
        }
        FormReader in = new FormReader("a message to a schedule", value.bytes(), 1);
        int kind = in.octetBelow(4);
        ScheduleMessage message = switch (kind) {
            case 0 -> new Arm();
            case 1 -> new Tick(in.signed());
            case 2 -> new Ended(in.text());
            default -> Event.read(in);
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
