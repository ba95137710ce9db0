package dev.weft.benchmarks.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.function.FunctionEdge;

/** The edge of a game in which nobody says anything to the world outside, and nothing fails. */
final class NothingSaid implements FunctionEdge {

    private static final long serialVersionUID = 1;

    @Override
    public Said said(Address from, Effects.Egress egress, Message cause, long now) {
        throw new IllegalStateException(from + " said something to " + egress.egress());
    }

    @Override
    public Outbound deadLetter(Message message, Reason reason, String detail, long now) {
        throw new IllegalStateException(message.target() + ": " + detail);
    }
}
