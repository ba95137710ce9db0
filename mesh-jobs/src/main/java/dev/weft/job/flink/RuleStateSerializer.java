package dev.weft.job.flink;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.util.Collections;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Keeps what a subtask knows of its rules. Texts of configs are compressed: each subtask keeps one, often a long one.
 */
public final class RuleStateSerializer extends ImmutableSerializer<RuleState> {

    /** The one instance that is needed. */
    public static final RuleStateSerializer INSTANCE = new RuleStateSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public RuleState createInstance() {
        RulesText nothing = new RulesText("", "", Collections.emptySortedMap());
        return new RuleState("", "", new RuleVersion(0, "", "", nothing), 0);
    }

    @Override
    public void serialize(RuleState state, DataOutputView target) throws IOException {
        RuleFormat.write(state, target);
    }

    @Override
    public RuleState deserialize(DataInputView source) throws IOException {
        return RuleFormat.read(source);
    }

    @Override
    public TypeSerializerSnapshot<RuleState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<RuleState> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<RuleState> serializer() {
            return INSTANCE;
        }
    }
}
