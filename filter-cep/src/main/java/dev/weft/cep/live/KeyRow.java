package dev.weft.cep.live;

import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.engine.Bytes;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Outcomes;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.engine.Progress;
import dev.weft.cep.live.Crew.Member;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one key: the events that wait for their turn, and what each pattern remembers. Not safe for use
 * by several threads.
 *
 * <p>Events wait until a watermark has passed them, and are then looked at in {@link KeptEvent#ORDER}; so nothing
 * depends on the order of their arrival, nor on how often watermarks come. What becomes of partial matches at the end
 * of a {@link Tenure} is told by the times of events too.
 */
public final class KeyRow {

    private static final int VERSION = 1;

    private static final Comparator<Seen> ORDER =
            Comparator.comparing(seen -> seen.sighting().event(), KeptEvent.ORDER);

    /** About what an object costs, in bytes; only what a cache may hold depends on it. */
    private static final int BASE_WEIGHT = 300;

    private static final int EVENT_WEIGHT = 400;

    private final Key key;
    private final List<Seen> waiting = new ArrayList<>(1);
    private final List<Entry> entries = new ArrayList<>(1);
    private long earliest = Long.MAX_VALUE;
    private long deadline = Long.MAX_VALUE;

    /** Makes the row of a key that was never seen. */
    public KeyRow(Key key) {
        this.key = key;
    }

    public Key key() {
        return key;
    }

    /** Has an event wait for its turn. */
    public void add(Seen seen) {
        waiting.add(seen);
        earliest = Math.min(earliest, seen.time());
    }

    /**
     * Returns the first watermark with which {@link #advance} has something to do; the last of all if there is none.
     */
    public long due() {
        return Math.min(earliest, deadline == Long.MAX_VALUE ? deadline : deadline - 1);
    }

    /** Returns whether there is nothing to remember. */
    public boolean isEmpty() {
        return waiting.isEmpty() && entries.isEmpty();
    }

    /** Returns about how many bytes the row takes in memory. */
    public long weight() {
        long weight = BASE_WEIGHT + (long) EVENT_WEIGHT * waiting.size();
        for (Entry entry : entries) {
            weight += entry.weight();
        }
        return weight;
    }

    /** Returns how many events wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Tells what is found, by whose pattern. */
    public interface Finds {
        /** Returns who is told what is found for a tenure and this key, until it is asked for the next. */
        Outcomes of(Tenure tenure, Key key);
    }

    /**
     * Looks at what waits up to the watermark, and lets that time pass.
     *
     * @param watermark every event of this time or an earlier one is here
     */
    public void advance(long watermark, Crew crew, Finds finds) {
        if (earliest <= watermark) {
            for (Seen seen : ready(watermark)) {
                take(seen, crew, finds);
            }
        }
        long time = Math.min(watermark, Tenure.OPEN - 2) + 1; // the last watermark ends no pattern
        for (int i = 0; i < entries.size(); i++) {
            pass(entries.get(i), time, crew, finds);
        }
        deadline = Long.MAX_VALUE;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.isEmpty()) {
                entries.remove(i);
            } else {
                deadline = Math.min(deadline, entry.deadline());
            }
        }
    }

    private List<Seen> ready(long watermark) {
        if (waiting.size() == 1) {
            earliest = Long.MAX_VALUE;
            return List.of(waiting.remove(0));
        }
        List<Seen> ready = new ArrayList<>(waiting.size());
        List<Seen> later = new ArrayList<>(0);
        earliest = Long.MAX_VALUE;
        for (Seen seen : waiting) {
            if (seen.time() <= watermark) {
                ready.add(seen);
            } else {
                later.add(seen);
                earliest = Math.min(earliest, seen.time());
            }
        }
        waiting.clear();
        waiting.addAll(later);
        if (ready.size() > 1) {
            ready.sort(ORDER);
        }
        return ready;
    }

    private void take(Seen seen, Crew crew, Finds finds) {
        Member member = crew.member(seen.handle());
        if (member == null) {
            return; // it ended so long ago that nothing of it is known any more
        }
        Tenure tenure = member.tenure();
        if (seen.time() < tenure.until()) {
            for (long predecessor : member.predecessors()) {
                Entry entry = entry(predecessor);
                if (entry != null) {
                    pass(entry, seen.time(), crew, finds);
                }
            }
            opened(member).onEvent(key, seen.sighting(), finds.of(tenure, key));
            return;
        }
        Entry entry = entry(seen.handle());
        if (entry != null && tenure.fate() == OnUpdate.DRAIN) {
            entry.progress(crew).drain(key, seen.sighting(), finds.of(tenure, key));
        }
    }

    /** Lets time pass for one pattern, and its end come if it has one by then. */
    private void pass(Entry entry, long time, Crew crew, Finds finds) {
        if (entry.isForgotten()) {
            return;
        }
        Member member = crew.member(entry.handle);
        if (member == null) {
            entry.forget();
            return;
        }
        Tenure tenure = member.tenure();
        boolean ends = tenure.until() <= time && tenure.fate() != OnUpdate.DRAIN;
        if (!ends) {
            if (time >= entry.deadline()) {
                entry.progress(crew).onTime(key, time, finds.of(tenure, key));
            }
            return;
        }
        Progress<?> progress = entry.progress(crew);
        Outcomes outcomes = finds.of(tenure, key);
        progress.onTime(key, tenure.until(), outcomes);
        Member successor = crew.successorOf(tenure);
        if (successor == null) {
            for (int i = progress.size(); i > 0; i--) {
                outcomes.noted(Note.REPLACED, "");
            }
        } else {
            Entry next = new Entry(successor.tenure().handle(), progress.deadline(), bytes(progress));
            entries.add(next);
            pass(next, time, crew, finds);
        }
        entry.forget();
    }

    private Progress<?> opened(Member member) {
        Entry entry = entry(member.tenure().handle());
        if (entry == null) {
            entry = new Entry(member.tenure().handle(), Progress.begin(member.engine()));
            entries.add(entry);
        }
        return entry.progress(member);
    }

    private @Nullable Entry entry(long handle) {
        for (Entry entry : entries) {
            if (entry.handle == handle && !entry.isForgotten()) {
                return entry;
            }
        }
        return null;
    }

    /** Writes the row. */
    public void write(DataOutput out) throws IOException {
        Bytes bytes = new Bytes();
        bytes.writeByte(VERSION);
        bytes.writeInt(waiting.size());
        for (Seen seen : waiting) {
            seen.write(bytes);
        }
        bytes.writeInt(entries.size());
        for (Entry entry : entries) {
            bytes.writeLong(entry.handle);
            bytes.writeLong(entry.deadline());
            int length = bytes.skipInt();
            entry.write(bytes);
            bytes.writeLength(length);
        }
        bytes.copyTo(out);
    }

    /** Reads what {@link #write} wrote, of this version or an older one. */
    public static KeyRow read(Key key, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a key's patterns of version " + version + ", which this release cannot read");
        }
        KeyRow row = new KeyRow(key);
        for (int left = in.readInt(); left > 0; left--) {
            row.add(Seen.read(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            long handle = in.readLong();
            long deadline = in.readLong();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            row.entries.add(new Entry(handle, deadline, bytes));
            row.deadline = Math.min(row.deadline, deadline);
        }
        return row;
    }

    private static byte[] bytes(Progress<?> progress) {
        try {
            Bytes bytes = new Bytes();
            progress.write(bytes);
            return bytes.toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        }
    }

    /** What one pattern remembers: read when it is first needed, as many a row is only passed on. */
    private static final class Entry {

        private final long handle;
        private @Nullable Progress<?> progress;
        private byte @Nullable [] read;
        private long deadlineRead;

        Entry(long handle, Progress<?> progress) {
            this.handle = handle;
            this.progress = progress;
        }

        Entry(long handle, long deadline, byte[] bytes) {
            this.handle = handle;
            this.deadlineRead = deadline;
            this.read = bytes;
        }

        Progress<?> progress(Crew crew) {
            Member member = crew.member(handle);
            if (member == null) {
                throw new IllegalStateException("nothing is known of the pattern");
            }
            return progress(member);
        }

        Progress<?> progress(Member member) {
            Progress<?> known = progress;
            if (known == null) {
                try {
                    known = Progress.read(
                            member.engine(),
                            new DataInputStream(new ByteArrayInputStream(Objects.requireNonNull(read))));
                } catch (IOException e) {
                    throw new UncheckedIOException(
                            "what is kept of the pattern "
                                    + member.tenure().pattern().id() + " cannot be read",
                            e);
                }
                progress = known;
                read = null;
            }
            return known;
        }

        long deadline() {
            return progress == null ? deadlineRead : progress.deadline();
        }

        long weight() {
            return read != null ? read.length : progress == null ? 0 : progress.weight();
        }

        boolean isForgotten() {
            return read == null && progress == null;
        }

        boolean isEmpty() {
            return read == null && (progress == null || progress.isEmpty());
        }

        void forget() {
            progress = null;
            read = null;
            deadlineRead = Long.MAX_VALUE;
        }

        void write(Bytes bytes) throws IOException {
            if (read != null) {
                bytes.write(read);
            } else {
                Objects.requireNonNull(progress).write(bytes);
            }
        }
    }
}
