package dev.weft.job.cli.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.job.flink.function.RowStates;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of functions, id by id. Of an id of which no row is wanted it gives {@link #NOTHING}, as Flink 2.2.1
 * takes an id that gives no row for one whose row is null.
 */
final class SavedRowReader extends KeyedStateReaderFunction<String, Tuple3<String, String, byte[]>> {

    private static final Tuple3<String, String, byte[]> NOTHING = Tuple3.of("", "", new byte[0]);

    private static final long serialVersionUID = 1;

    private final SavedRow.Wanted wanted;
    private transient @Nullable MapState<String, byte[]> addresses;
    private transient @Nullable ValueState<byte[]> delays;

    SavedRowReader(SavedRow.Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public void open(OpenContext context) {
        addresses = getRuntimeContext().getMapState(RowStates.addresses());
        delays = getRuntimeContext().getState(RowStates.delays());
    }

    @Override
    public void readKey(String id, Context context, Collector<Tuple3<String, String, byte[]>> out) throws Exception {
        boolean isAny = wanted.isOfId(id) && isAnyRead(id, out);
        if (!isAny) {
            out.collect(NOTHING);
        }
    }

    static boolean isRow(Tuple3<String, String, byte[]> row) {
        return row.f2.length > 0;
    }

    private boolean isAnyRead(String id, Collector<Tuple3<String, String, byte[]>> out) throws Exception {
        boolean isAny = false;
        for (Map.Entry<String, byte[]> row : requireNonNull(addresses).entries()) {
            if (wanted.isOfType(row.getKey())) {
                out.collect(Tuple3.of(row.getKey(), id, row.getValue()));
                isAny = true;
            }
        }
        byte[] later = requireNonNull(delays).value();
        if (later != null) {
            out.collect(Tuple3.of("", id, later));
            isAny = true;
        }
        return isAny;
    }
}
