package dev.weft.job.flink.deliver;

import dev.weft.event.flink.ImmutableSerializer;
import dev.weft.event.flink.VersionedSnapshot;
import dev.weft.event.flink.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps ledgers. */
public final class KeptLedgerSerializer extends ImmutableSerializer<KeptLedger> {

    /** The one instance that is needed. */
    static final KeptLedgerSerializer INSTANCE = new KeptLedgerSerializer();

    /** The version that is written. */
    static final int VERSION = 1;

    private static final long serialVersionUID = 1;

    @Override
    public KeptLedger createInstance() {
        return new KeptLedger(new long[0], Map.of(), Map.of());
    }

    @Override
    public void serialize(KeptLedger ledger, DataOutputView target) throws IOException {
        target.writeInt(ledger.numbers().length);
        for (long number : ledger.numbers()) {
            target.writeLong(number);
        }
        write(ledger.parked(), target);
        write(ledger.retrying(), target);
    }

    private static void write(Map<String, Long> counts, DataOutputView target) throws IOException {
        target.writeInt(counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            WireFormat.writeText(count.getKey(), target);
            target.writeLong(count.getValue());
        }
    }

    @Override
    public KeptLedger deserialize(DataInputView source) throws IOException {
        long[] numbers = new long[source.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = source.readLong();
        }
        return new KeptLedger(numbers, counts(source), counts(source));
    }

    private static Map<String, Long> counts(DataInputView source) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            counts.put(WireFormat.readText(source), source.readLong());
        }
        return counts;
    }

    @Override
    public TypeSerializerSnapshot<KeptLedger> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the format. */
    public static final class Snapshot extends VersionedSnapshot<KeptLedger> {

        public Snapshot() {
            super(VERSION);
        }

        @Override
        protected TypeSerializer<KeptLedger> serializer() {
            return INSTANCE;
        }
    }
}
