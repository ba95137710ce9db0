package dev.weft.job.flink;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.job.rules.Pauses;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.IOException;
import java.util.Collections;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a subtask knows of its rules. Texts of configs are compressed: each subtask keeps one, often a long one.
 */
public final class RuleStateSerializer extends ImmutableSerializer<RuleState> {

    /** The one instance that is needed. */
    public static final RuleStateSerializer INSTANCE = new RuleStateSerializer(RuleFormat.VERSION);

    /** The version that is written. */
    static final int VERSION = RuleFormat.VERSION;

    private static final long serialVersionUID = 1;

    private final int version;

    /** Makes one that reads another version, and writes the one that is written. */
    RuleStateSerializer(int version) {
        this.version = version;
    }

    @Override
    public RuleState createInstance() {
        RulesText nothing = new RulesText("", "", Collections.emptySortedMap());
        return new RuleState("", "", new RuleVersion(0, "", "", nothing), 0, Pauses.NONE);
    }

    @Override
    public void serialize(RuleState state, DataOutputView target) throws IOException {
        RuleFormat.write(state, target);
    }

    @Override
    public RuleState deserialize(DataInputView source) throws IOException {
        return RuleFormat.read(source, version);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleStateSerializer that && version == that.version;
    }

    @Override
    public int hashCode() {
        return version;
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

        @Override
        protected TypeSerializer<RuleState> serializer(int version) {
            return version == VERSION ? INSTANCE : new RuleStateSerializer(version);
        }
    }
}
