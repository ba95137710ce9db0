package dev.weft.job.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * What every subtask knows alike, in forms that carry their own version. All are given what was kept, and one of them
 * writes it.
 */
public final class KeptForms {

    private static final ListStateDescriptor<byte[]> FORMS =
            new ListStateDescriptor<>("forms", BytePrimitiveArraySerializer.INSTANCE);

    private final ListState<byte[]> state;
    private final boolean isWriter;

    public KeptForms(OperatorStateStore store, TaskInfo task) throws Exception {
        this.state = store.getUnionListState(FORMS);
        this.isWriter = task.getIndexOfThisSubtask() == 0;
    }

    /** Returns what was kept. */
    public List<byte[]> restored() throws Exception {
        return in(state);
    }

    /** Returns what is in a state of forms. */
    static List<byte[]> in(ListState<byte[]> state) throws Exception {
        List<byte[]> forms = new ArrayList<>();
        state.get().forEach(forms::add);
        return forms;
    }

    /** Keeps this, and nothing else, with the next checkpoint. */
    public void keep(List<byte[]> forms) throws Exception {
        state.update(isWriter ? forms : List.of());
    }
}
