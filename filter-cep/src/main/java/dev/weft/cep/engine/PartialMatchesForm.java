package dev.weft.cep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The binary form of {@link PartialMatches}: a byte with its version, then how many events were looked at, the
 * deadline, when what must be absent was last seen, the window; then every event once with its position, and each
 * partial match as places among these. What was written by an older version is read by every newer one.
 */
public final class PartialMatchesForm {

    static final int VERSION = 1;

    private static final Comparator<Taken> BY_POSITION = Comparator.comparingLong(Taken::position);

    private PartialMatchesForm() {}

    /** Writes the state. */
    public static void write(PartialMatches state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.looked);
        out.writeLong(state.deadline);
        out.writeInt(state.lastSeen.length);
        for (long time : state.lastSeen) {
            out.writeLong(time);
        }
        out.writeLong(state.lastBegin);
        out.writeInt(state.window.size());
        for (Taken taken : state.window) {
            write(taken, out);
        }
        long[] positions = writeEvents(state, out);
        out.writeInt(state.partials.size());
        for (Partial partial : state.partials) {
            out.writeInt(partial.taken.length);
            out.writeInt(partial.stage);
            out.writeLong(partial.deadline);
            for (int i = 0; i < partial.stage; i++) {
                out.writeInt(Arrays.binarySearch(positions, partial.taken[i].position()));
            }
        }
    }

    /** Returns the positions of the events, in their order. */
    private static long[] writeEvents(PartialMatches state, DataOutput out) throws IOException {
        List<Taken> events = new ArrayList<>();
        for (Partial partial : state.partials) {
            events.addAll(Arrays.asList(partial.taken).subList(0, partial.stage));
        }
        events.sort(BY_POSITION);
        long[] positions = new long[events.size()];
        int count = 0;
        for (Taken taken : events) {
            if (count == 0 || positions[count - 1] != taken.position()) {
                positions[count] = taken.position();
                events.set(count, taken);
                count++;
            }
        }
        out.writeInt(count);
        for (Taken taken : events.subList(0, count)) {
            write(taken, out);
        }
        return Arrays.copyOf(positions, count);
    }

    private static void write(Taken taken, DataOutput out) throws IOException {
        out.writeLong(taken.position());
        KeptEventForm.write(taken.event(), out);
    }

    /** Reads what {@link #write} wrote, of this version or an older one. */
    public static PartialMatches read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("partial matches of version " + version + ", which this release cannot read");
        }
        long looked = in.readLong();
        long deadline = in.readLong();
        PartialMatches state = new PartialMatches(in.readInt());
        state.looked = looked;
        state.deadline = deadline;
        for (int i = 0; i < state.lastSeen.length; i++) {
            state.lastSeen[i] = in.readLong();
        }
        state.lastBegin = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            state.window.add(readTaken(in));
        }
        Taken[] events = new Taken[in.readInt()];
        for (int i = 0; i < events.length; i++) {
            events[i] = readTaken(in);
        }
        for (int left = in.readInt(); left > 0; left--) {
            Taken[] taken = new Taken[in.readInt()];
            int stage = in.readInt();
            long over = in.readLong();
            for (int i = 0; i < stage; i++) {
                taken[i] = events[in.readInt()];
            }
            state.partials.add(new Partial(taken, stage, over));
        }
        return state;
    }

    private static Taken readTaken(DataInput in) throws IOException {
        return new Taken(in.readLong(), KeptEventForm.read(in));
    }
}
