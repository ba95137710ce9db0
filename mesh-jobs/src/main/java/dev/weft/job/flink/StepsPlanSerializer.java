package dev.weft.job.flink;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import dev.weft.job.StepsPlan;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries plans to where memory is kept. */
public final class StepsPlanSerializer extends ImmutableSerializer<StepsPlan> {

    /** The one instance that is needed. */
    public static final StepsPlanSerializer INSTANCE = new StepsPlanSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public StepsPlan createInstance() {
        return new StepsPlan("", new byte[0]);
    }

    @Override
    public void serialize(StepsPlan plan, DataOutputView target) throws IOException {
        WireFormat.writeText(plan.id(), target);
        target.writeInt(plan.bytes().length);
        target.write(plan.bytes());
    }

    @Override
    public StepsPlan deserialize(DataInputView source) throws IOException {
        String id = WireFormat.readText(source);
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new StepsPlan(id, bytes);
    }

    @Override
    public TypeSerializerSnapshot<StepsPlan> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<StepsPlan> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<StepsPlan> serializer() {
            return INSTANCE;
        }
    }
}
