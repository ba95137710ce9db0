package dev.weft.job.flink;

import dev.weft.cep.live.Roster;
import dev.weft.delivery.Dispatch;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.function.Message;
import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.flink.deliver.DispatchSerializer;
import dev.weft.job.flink.function.MessageSerializer;
import dev.weft.job.flink.pattern.RosterSerializer;
import dev.weft.job.flink.pattern.SeenByKey;
import dev.weft.job.flink.pattern.SeenSerializer;
import org.apache.flink.util.OutputTag;

/**
 * What leaves an operator beside the records it writes: events whose next step remembers, those for targets, and
 * messages for functions.
 */
interface Sides {

    /** Events on their way to the memory of their key. */
    OutputTag<Pending> PENDING =
            new OutputTag<>("pending", new ImmutableTypeInfo<>(Pending.class, PendingSerializer.INSTANCE));

    /** The plans by which such events go on. */
    OutputTag<StepsPlan> PLANS =
            new OutputTag<>("plans", new ImmutableTypeInfo<>(StepsPlan.class, StepsPlanSerializer.INSTANCE));

    /** Events that patterns look at, on their way to what is known of their key. */
    OutputTag<SeenByKey> SEEN =
            new OutputTag<>("seen", new ImmutableTypeInfo<>(SeenByKey.class, SeenSerializer.INSTANCE));

    /** The patterns by which they are looked at. */
    OutputTag<Roster> ROSTERS =
            new OutputTag<>("rosters", new ImmutableTypeInfo<>(Roster.class, RosterSerializer.INSTANCE));

    /** What comes in for functions, on its way to them. */
    OutputTag<Message> FUNCTION_MESSAGES = new OutputTag<>("function-messages", MessageSerializer.TYPE);

    /** Events for targets to which they go in no order. */
    OutputTag<Dispatch> PARCELS =
            new OutputTag<>("parcels", new ImmutableTypeInfo<>(Dispatch.class, DispatchSerializer.INSTANCE));

    /** Events for targets to which those of one key go one after the other. */
    OutputTag<Dispatch> ORDERED_PARCELS =
            new OutputTag<>("ordered-parcels", new ImmutableTypeInfo<>(Dispatch.class, DispatchSerializer.INSTANCE));

    /** Which targets are paused, for all who deliver in an order; those who do not hear it among the parcels. */
    OutputTag<Dispatch> PAUSED_TARGETS =
            new OutputTag<>("paused-targets", new ImmutableTypeInfo<>(Dispatch.class, DispatchSerializer.INSTANCE));

    /** Puts a value into a side output, as Flink's own operators do. */
    <T> void put(OutputTag<T> tag, T value);
}
