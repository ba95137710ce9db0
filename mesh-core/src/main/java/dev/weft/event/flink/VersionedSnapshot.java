package dev.weft.event.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint remembers of one of our serializers: the version of its format. A savepoint of a newer version is
 * refused; one of an older version is read by the serializer of that version, and written anew.
 *
 * @param <T> the serialized type
 */
public abstract class VersionedSnapshot<T> implements TypeSerializerSnapshot<T> {

    private final int current;
    private int written;

    protected VersionedSnapshot(int current) {
        this.current = current;
        this.written = current;
    }

    /** Returns the serializer that reads and writes the current version. */
    protected abstract TypeSerializer<T> serializer();

    /** Returns the serializer that reads an older version; where there is none, that of the current one. */
    protected TypeSerializer<T> serializer(int version) {
        return serializer();
    }

    @Override
    public int getCurrentVersion() {
        return current;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(current);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        written = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return serializer(written);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        if (old.getClass() != getClass() || ((VersionedSnapshot<T>) old).written > current) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return old.restoreSerializer().equals(serializer())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
