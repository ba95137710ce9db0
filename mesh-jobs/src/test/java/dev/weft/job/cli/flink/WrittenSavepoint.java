package dev.weft.job.cli.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.FunctionType;
import dev.weft.job.flink.Uids;
import dev.weft.job.flink.function.RowStates;
import dev.weft.local.flink.EmbeddedFlink;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.OperatorTransformation;
import org.apache.flink.state.api.SavepointWriter;
import org.apache.flink.state.api.functions.KeyedStateBootstrapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A savepoint of rows that a test has made, without a job that made them. */
public final class WrittenSavepoint {

    private static final int KEY_GROUPS = 128;

    private static final TypeInformation<Tuple3<String, String, byte[]>> ROW =
            Types.TUPLE(Types.STRING, Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private final List<Tuple3<String, String, byte[]>> rows = new ArrayList<>();

    /** Adds the values of one function of an id. */
    public WrittenSavepoint with(FunctionType type, String id, AddressRow row) throws IOException {
        rows.add(Tuple3.of(type.toString(), id, bytes(row::write)));
        return this;
    }

    /** Adds what functions of an id will send later. */
    public WrittenSavepoint with(String id, DelayRow row) throws IOException {
        rows.add(Tuple3.of("", id, bytes(row::write)));
        return this;
    }

    /** Writes the savepoint of a job with functions. */
    public Path write(EmbeddedFlink flink, Path folder) throws Exception {
        return write(flink, folder, Uids.FUNCTIONS);
    }

    /** Writes the savepoint of a job in which another operator has the rows. */
    public Path write(EmbeddedFlink flink, Path folder, String uid) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        SavepointWriter.newSavepoint(env, new HashMapStateBackend(), KEY_GROUPS)
                .withOperator(
                        OperatorIdentifier.forUid(uid),
                        OperatorTransformation.bootstrapWith(env.fromData(rows, ROW))
                                .keyBy(row -> row.f1, Types.STRING)
                                .transform(new Rows()))
                .write(folder.toUri().toString());
        env.executeAsync("write a savepoint").getJobExecutionResult().get();
        return folder;
    }

    private interface Form {
        void write(DataOutput out) throws IOException;
    }

    private static byte[] bytes(Form form) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        form.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static final class Rows extends KeyedStateBootstrapFunction<String, Tuple3<String, String, byte[]>> {

        private static final long serialVersionUID = 1;

        private transient @Nullable MapState<String, byte[]> addresses;
        private transient @Nullable ValueState<byte[]> delays;

        @Override
        public void open(OpenContext context) {
            addresses = getRuntimeContext().getMapState(RowStates.addresses());
            delays = getRuntimeContext().getState(RowStates.delays());
        }

        @Override
        public void processElement(Tuple3<String, String, byte[]> row, Context context) throws Exception {
            if (row.f0.isEmpty()) {
                requireNonNull(delays).update(row.f2);
            } else {
                requireNonNull(addresses).put(row.f0, row.f2);
            }
        }
    }
}
