package dev.weft.job.cli.flink;

import dev.weft.job.flink.Uids;
import dev.weft.local.flink.EmbeddedFlink;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.runtime.SavepointLoader;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** What a savepoint, or a checkpoint that was kept, holds of stateful functions. */
public final class SavedFunctions {

    private static final OperatorIdentifier OPERATOR = OperatorIdentifier.forUid(Uids.FUNCTIONS);

    private final String savepoint;
    private final OperatorState state;

    private SavedFunctions(String savepoint, OperatorState state) {
        this.savepoint = savepoint;
        this.state = state;
    }

    /**
     * Opens a savepoint. Only what describes it is read.
     *
     * @param savepoint its folder, or its file of metadata: a path or a URI
     * @return null where its job has no functions
     * @throws IOException if there is no savepoint, or none that this Flink reads
     */
    public static @Nullable SavedFunctions open(String savepoint) throws IOException {
        CheckpointMetadata metadata = SavepointLoader.loadSavepointMetadata(savepoint);
        OperatorID wanted = OPERATOR.getOperatorId();
        return metadata.getOperatorStates().stream()
                .filter(each -> each.getOperatorID().equals(wanted))
                .findFirst()
                .map(found -> new SavedFunctions(savepoint, found))
                .orElse(null);
    }

    /** Gives each row of the functions that are wanted, one key group after the other. Runs a job that reads them. */
    public void read(EmbeddedFlink flink, SavedRow.Wanted wanted, Consumer<SavedRow> taker) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        var rows = SavepointReader.read(env, savepoint, backend())
                .readKeyedState(
                        OPERATOR,
                        new SavedRowReader(wanted),
                        Types.STRING,
                        Types.TUPLE(Types.STRING, Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE)))
                .filter(SavedRowReader::isRow);
        try (CloseableIterator<Tuple3<String, String, byte[]>> found = rows.executeAndCollect("read a savepoint")) {
            while (found.hasNext()) {
                Tuple3<String, String, byte[]> row = found.next();
                taker.accept(new SavedRow(row.f0, row.f1, row.f2));
            }
        }
    }

    /** Files of RocksDB are read by RocksDB alone; all else by any. */
    private StateBackend backend() {
        boolean isRocks = state.getStates().stream()
                .flatMap(subtask ->
                        StreamSupport.stream(subtask.getManagedKeyedState().spliterator(), false))
                .anyMatch(IncrementalKeyedStateHandle.class::isInstance);
        return isRocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    }
}
