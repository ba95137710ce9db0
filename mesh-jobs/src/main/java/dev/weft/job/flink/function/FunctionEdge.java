package dev.weft.job.flink.function;

import dev.weft.event.Reason;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.Message;
import dev.weft.job.flink.connect.Outbound;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Makes records of what functions say to the world outside, and of messages that no function takes. */
public interface FunctionEdge extends Serializable {

    /** Returns the record of what a function said to an egress because of a message. {@code now} as in a host. */
    Said said(Address from, Effects.Egress egress, Message cause, long now);

    /** Returns the record of a message that goes to the dead letter at that time, in milliseconds since 1970. */
    Outbound deadLetter(Message message, Reason reason, String detail, long now);

    /**
     * What becomes of something that was said.
     *
     * @param refused why it is a dead letter; null if it is none
     */
    record Said(Outbound outbound, @Nullable Reason refused) {}
}
