package dev.weft.job.flink.deliver;

import dev.weft.delivery.Place;
import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps places. Those of one queue lie side by side in the order of their numbers, so RocksDB reads them in blocks. */
public final class PlaceSerializer extends ImmutableSerializer<Place> {

    /** The one instance that is needed. */
    public static final PlaceSerializer INSTANCE = new PlaceSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final Place.Area[] AREAS = Place.Area.values();

    private static final long serialVersionUID = 1;

    @Override
    public Place createInstance() {
        return Place.flying("", 0);
    }

    @Override
    public void serialize(Place place, DataOutputView target) throws IOException {
        WireFormat.writeText(place.target(), target);
        target.writeByte(place.area().ordinal());
        WireFormat.writeText(place.key(), target);
        target.writeLong(place.number());
    }

    @Override
    public Place deserialize(DataInputView source) throws IOException {
        String target = WireFormat.readText(source);
        Place.Area area = AREAS[source.readByte()];
        return new Place(target, area, WireFormat.readText(source), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Place> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<Place> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Place> serializer() {
            return INSTANCE;
        }
    }
}
