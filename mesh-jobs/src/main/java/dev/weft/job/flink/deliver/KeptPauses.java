package dev.weft.job.flink.deliver;

import dev.weft.delivery.Courier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Which targets are paused, and when the others last went on, kept so that a restart sends nothing before it hears
 * which are. Every subtask is given what all of them had: paused is what was paused anywhere.
 */
final class KeptPauses {

    /** The name by which savepoints know the state. */
    static final String STATE = "pauses";

    /** Later than any time a target went on. */
    private static final long PAUSED = Long.MAX_VALUE;

    private final ListState<Tuple2<String, Long>> state;
    private final Map<String, Long> resumedAt = new HashMap<>();

    KeptPauses(OperatorStateStore store) throws Exception {
        state = store.getUnionListState(new ListStateDescriptor<>(STATE, Types.TUPLE(Types.STRING, Types.LONG)));
        for (Tuple2<String, Long> each : state.get()) {
            resumedAt.merge(each.f0, each.f1, Math::max);
        }
    }

    /** Pauses a courier if its target was; called once, before it is restored. */
    void restore(Courier courier) {
        long resumed = resumedAt.getOrDefault(courier.terms().target(), 0L);
        if (resumed == PAUSED) {
            courier.pause();
        } else {
            courier.resumedAt(resumed);
        }
    }

    /** Keeps what of these is paused, as part of a checkpoint. */
    void keep(Collection<Courier> couriers) throws Exception {
        List<Tuple2<String, Long>> kept = new ArrayList<>();
        for (Courier courier : couriers) {
            long resumed = courier.isPaused() ? PAUSED : courier.resumedAt();
            if (resumed > 0) {
                kept.add(Tuple2.of(courier.terms().target(), resumed));
            }
        }
        state.update(kept);
    }
}
