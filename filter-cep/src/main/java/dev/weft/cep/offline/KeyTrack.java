package dev.weft.cep.offline;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Outcomes;
import dev.weft.cep.engine.PatternEngine;
import dev.weft.cep.engine.Progress;
import dev.weft.cep.engine.Sighting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One pattern and one key, from the first event on. */
final class KeyTrack<S> {

    /** Later than any deadline. */
    private static final long END_OF_TIME = Long.MAX_VALUE - 1;

    private final PatternEngine<S> engine;
    private final Key key;
    private final Progress<S> progress;

    private KeyTrack(PatternEngine<S> engine, Key key) {
        this.engine = engine;
        this.key = key;
        this.progress = Progress.begin(engine);
    }

    static KeyTrack<?> begin(Pattern pattern, Key key) {
        return of(PatternEngine.of(pattern), key);
    }

    private static <S> KeyTrack<S> of(PatternEngine<S> engine, Key key) {
        return new KeyTrack<>(engine, key);
    }

    void onEvent(Sighting sighting, Outcomes outcomes) {
        progress.onEvent(key, sighting, outcomes);
    }

    void onTime(long time, Outcomes outcomes) {
        progress.onTime(key, time, outcomes);
    }

    long deadline() {
        return progress.deadline();
    }

    int size() {
        return progress.size();
    }

    /** Returns the matches that have begun, as they would end if no event came any more. */
    List<OpenMatch> open() {
        List<OpenMatch> open = new ArrayList<>();
        if (!progress.isEmpty()) {
            copy().onTime(key, END_OF_TIME, new Outcomes() {
                @Override
                public void matched(Match match) {
                    open.add(new OpenMatch(match.taken(), match.time(), null));
                }

                @Override
                public void timedOut(Timeout timeout) {
                    open.add(new OpenMatch(timeout.taken(), timeout.deadline(), timeout.waitingFor()));
                }

                @Override
                public void noted(Note note, String step) {
                    // What would be skipped or rejected then is not what anyone waits for.
                }
            });
        }
        return open;
    }

    private Progress<S> copy() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            progress.write(new DataOutputStream(bytes));
            return Progress.read(engine, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException("what is written to memory can be read from it", e);
        }
    }
}
