package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.job.DedupPlan;
import dev.weft.job.EventMark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** The mark of each event that a channel asks about: by it events are sent to where they are remembered. */
final class EventMarks implements KeySelector<Received, EventMark> {

    static final TypeInformation<EventMark> TYPE =
            new ImmutableTypeInfo<>(EventMark.class, EventMarkSerializer.INSTANCE);

    private static final long serialVersionUID = 1;

    private final DedupPlan plan;
    private transient EventMark.@Nullable Maker maker;

    EventMarks(DedupPlan plan) {
        this.plan = plan;
    }

    @Override
    public EventMark getKey(Received received) {
        if (maker == null) {
            maker = new EventMark.Maker();
        }
        String channel = requireNonNull(plan.asking(received), "nobody asks about this record")
                .name();
        return maker.of(channel, (MeshEvent) received);
    }
}
