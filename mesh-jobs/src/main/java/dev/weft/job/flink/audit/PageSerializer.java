package dev.weft.job.flink.audit;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import dev.weft.job.audit.Book;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Page;
import dev.weft.job.audit.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps pages of the audit. Of each leg the numbers that are not zero are written, each behind its item's place. */
public final class PageSerializer extends ImmutableSerializer<Page> {

    /** The one instance that is needed. */
    public static final PageSerializer INSTANCE = new PageSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public Page createInstance() {
        return Page.EMPTY;
    }

    @Override
    public void serialize(Page page, DataOutputView target) throws IOException {
        Map<String, Reading> topics = new HashMap<>();
        page.eachTopic(topics::put);
        target.writeInt(topics.size());
        for (Map.Entry<String, Reading> topic : topics.entrySet()) {
            WireFormat.writeText(topic.getKey(), target);
            target.writeLong(topic.getValue().events());
            target.writeLong(topic.getValue().refused());
        }
        List<Leg> legs = new ArrayList<>();
        page.eachLeg((leg, counts) -> legs.add(leg));
        target.writeInt(legs.size());
        for (Leg leg : legs) {
            write(leg, page, target);
        }
    }

    private static void write(Leg leg, Page page, DataOutputView target) throws IOException {
        WireFormat.writeText(leg.route(), target);
        WireFormat.writeText(leg.destination(), target);
        List<Item> counted = new ArrayList<>();
        for (Item item : Item.values()) {
            if (page.count(leg, item) != 0) {
                counted.add(item);
            }
        }
        target.writeByte(counted.size());
        for (Item item : counted) {
            target.writeByte(item.ordinal());
            target.writeLong(page.count(leg, item));
        }
    }

    @Override
    public Page deserialize(DataInputView source) throws IOException {
        Book book = new Book();
        for (int left = source.readInt(); left > 0; left--) {
            book.add(WireFormat.readText(source), new Reading(source.readLong(), source.readLong()));
        }
        for (int left = source.readInt(); left > 0; left--) {
            long[] row = book.row(new Leg(WireFormat.readText(source), WireFormat.readText(source)));
            for (int items = source.readByte(); items > 0; items--) {
                int item = source.readByte();
                row[item] = source.readLong();
            }
        }
        return book.page();
    }

    @Override
    public TypeSerializerSnapshot<Page> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format, as savepoints keep it. */
    public static final class Snapshot extends VersionedSnapshot<Page> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<Page> serializer() {
            return INSTANCE;
        }
    }
}
