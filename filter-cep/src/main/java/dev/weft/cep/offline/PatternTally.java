package dev.weft.cep.offline;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.emit.UnfilledException;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Outcomes;
import dev.weft.cep.engine.PatternEvents;
import dev.weft.cep.engine.Sighting;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All keys of one pattern, and what was found there. Used once. */
final class PatternTally {

    private final Pattern pattern;
    private final PatternEvents events;
    private final Map<Key, KeyTrack<?>> tracks = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Integer> taken = new LinkedHashMap<>();
    private final Map<Outcomes.Note, Integer> notes = new EnumMap<>(Outcomes.Note.class);
    private int seen;
    private int withoutKey;
    private int matches;
    private int timeouts;

    PatternTally(Pattern pattern) {
        this.pattern = pattern;
        this.events = PatternEvents.of(pattern);
        pattern.steps().stream().filter(step -> !step.absent()).map(Step::name).forEach(step -> taken.put(step, 0));
    }

    void sawNoKey() {
        withoutKey++;
    }

    void sawFailure() {
        notes.merge(Outcomes.Note.CONDITION_FAILED, 1, Integer::sum);
    }

    void take(Key key, Sighting sighting) {
        seen++;
        tracks.computeIfAbsent(key, each -> KeyTrack.begin(pattern, each)).onEvent(sighting, new Hearing(key));
    }

    /** Lets the time pass to its end, after all events. */
    void finish(long end) {
        tracks.forEach((key, track) -> track.onTime(end, new Hearing(key)));
    }

    List<Told> told() {
        return told;
    }

    PatternCounts counts() {
        int open = tracks.values().stream().mapToInt(KeyTrack::size).sum();
        return new PatternCounts(pattern.id(), seen, tracks.size(), withoutKey, matches, timeouts, taken, notes, open);
    }

    private final class Hearing implements Outcomes {

        private final Key key;

        Hearing(Key key) {
            this.key = key;
        }

        @Override
        public void matched(Match match) {
            matches++;
            tell(() -> events.of(match, key), match.taken(), match.time(), null);
        }

        @Override
        public void timedOut(Timeout timeout) {
            timeouts++;
            tell(() -> events.of(timeout, key), timeout.taken(), timeout.deadline(), timeout.waitingFor());
        }

        private void tell(Making making, Map<String, List<KeptEvent>> events, long time, @Nullable String waitingFor) {
            MeshEvent made = null;
            String fault = null;
            try {
                made = making.event().orElse(null);
            } catch (UnfilledException e) {
                fault = e.getMessage();
            }
            told.add(new Told(pattern.id(), key, time, events, waitingFor, made, fault));
        }

        @Override
        public void noted(Note note, String step) {
            notes.merge(note, 1, Integer::sum);
            if (note == Note.TAKEN) {
                taken.merge(step, 1, Integer::sum);
            }
        }
    }

    private interface Making {
        Optional<MeshEvent> event() throws UnfilledException;
    }
}
