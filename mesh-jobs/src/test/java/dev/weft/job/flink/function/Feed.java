package dev.weft.job.flink.function;

import dev.weft.function.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** What a test says to a job while it runs: a source that remembers how far it was read, and is read again. */
final class Feed {

    private static final Map<String, Feed> OPEN = new ConcurrentHashMap<>();

    private final List<Message> said = new ArrayList<>();
    private CompletableFuture<Void> more = new CompletableFuture<>();
    private boolean isOver;

    /** Returns the feed of that name. */
    static Feed of(String name) {
        return OPEN.computeIfAbsent(name, unused -> new Feed());
    }

    synchronized void say(List<Message> messages) {
        said.addAll(messages);
        wake();
    }

    /** Nothing more will be said. */
    synchronized void end() {
        isOver = true;
        wake();
    }

    private void wake() {
        CompletableFuture<Void> waited = more;
        more = new CompletableFuture<>();
        waited.complete(null);
    }

    private synchronized @Nullable Message at(int position) {
        return position < said.size() ? said.get(position) : null;
    }

    private synchronized CompletableFuture<Void> more(int position) {
        return isOver || position < said.size() ? CompletableFuture.completedFuture(null) : more;
    }

    private synchronized boolean isOver() {
        return isOver;
    }

    /** Where one reader stands. */
    record Place(int position) implements SourceSplit {
        @Override
        public String splitId() {
            return "all";
        }
    }

    /** The source; one of its readers reads. */
    record Said(String name) implements Source<Message, Place, Boolean> {

        @Override
        public Boundedness getBoundedness() {
            return Boundedness.CONTINUOUS_UNBOUNDED;
        }

        @Override
        public SourceReader<Message, Place> createReader(SourceReaderContext context) {
            return new Reader(Feed.of(name));
        }

        @Override
        public SplitEnumerator<Place, Boolean> createEnumerator(SplitEnumeratorContext<Place> context) {
            return new Giver(context, true);
        }

        @Override
        public SplitEnumerator<Place, Boolean> restoreEnumerator(
                SplitEnumeratorContext<Place> context, Boolean hasPlace) {
            return new Giver(context, hasPlace);
        }

        @Override
        public SimpleVersionedSerializer<Place> getSplitSerializer() {
            return new OneNumber<>(place -> place.position, Place::new);
        }

        @Override
        public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
            return new OneNumber<>(hasPlace -> hasPlace ? 1 : 0, number -> number == 1);
        }
    }

    private static final class Reader implements SourceReader<Message, Place> {

        private final Feed feed;
        private int position = -1;
        private final CompletableFuture<Void> given = new CompletableFuture<>();
        private boolean isAllGiven;

        Reader(Feed feed) {
            this.feed = feed;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<Message> output) {
            Message next = position < 0 ? null : feed.at(position);
            if (next != null) {
                output.collect(next);
                position++;
                return InputStatus.MORE_AVAILABLE;
            }
            return feed.isOver() && isAllGiven ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<Place> snapshotState(long checkpoint) {
            return position < 0 ? List.of() : List.of(new Place(position));
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return isAllGiven ? feed.more(position < 0 ? Integer.MAX_VALUE : position) : given;
        }

        @Override
        public void addSplits(List<Place> places) {
            position = places.get(0).position;
        }

        @Override
        public void notifyNoMoreSplits() {
            isAllGiven = true;
            given.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class Giver implements SplitEnumerator<Place, Boolean> {

        private final SplitEnumeratorContext<Place> context;
        private boolean hasPlace;
        private int position;

        Giver(SplitEnumeratorContext<Place> context, boolean hasPlace) {
            this.context = context;
            this.hasPlace = hasPlace;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Place> places, int subtask) {
            for (Place place : places) {
                hasPlace = true;
                position = place.position;
            }
        }

        @Override
        public void addReader(int subtask) {
            if (hasPlace) {
                hasPlace = false;
                context.assignSplit(new Place(position), subtask);
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public Boolean snapshotState(long checkpoint) {
            return hasPlace;
        }

        @Override
        public void close() {}
    }

    /** Writes something that is one number. */
    private record OneNumber<T>(ToIntFunction<T> number, IntFunction<T> of) implements SimpleVersionedSerializer<T> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return ByteBuffer.allocate(4).putInt(number.applyAsInt(value)).array();
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return of.apply(ByteBuffer.wrap(bytes).getInt());
        }
    }
}
