package dev.weft.cep.offline;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.Bits;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Lookout;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.offline.Happening.What;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Explanation;
import dev.weft.filter.Matches;
import dev.weft.filter.Outcome;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of one key as one pattern saw it: for each event of the key what it did, or why it did nothing, and what
 * time did in between.
 *
 * @param moments in the order of their times
 * @param open the matches that had begun and were neither complete nor over when the time ended
 */
public record KeyHistory(Key key, List<Moment> moments, List<OpenMatch> open) {

    public KeyHistory {
        moments = List.copyOf(moments);
        open = List.copyOf(open);
    }

    /**
     * Tells the story.
     *
     * @param events those of the key, in their order
     * @param end when time ends, milliseconds since 1970, inclusive; not before the last event
     */
    static KeyHistory of(Pattern pattern, Key key, List<TimedEvent> events, long end) {
        return new Telling(pattern, key).tell(events, end);
    }

    private static final class Telling {

        private final Pattern pattern;
        private final List<Step> steps;
        private final Key key;
        private final Lookout lookout;
        private final Matches matches = new Matches();
        private final KeyTrack<?> track;
        private final Recorder recorder;
        private final List<Moment> moments = new ArrayList<>();

        Telling(Pattern pattern, Key key) {
            this.pattern = pattern;
            this.steps = pattern.steps();
            this.key = key;
            this.lookout = Lookout.of(List.of(pattern));
            this.track = KeyTrack.begin(pattern, key);
            this.recorder = new Recorder(pattern);
        }

        KeyHistory tell(List<TimedEvent> events, long end) {
            for (TimedEvent event : events) {
                passTo(event.time());
                moments.add(new Moment(event.time(), event, onEvent(event)));
            }
            passTo(end);
            return new KeyHistory(key, moments, track.open());
        }

        /** Goes from deadline to deadline, so that it is known when what happens does. */
        private void passTo(long time) {
            long deadline = track.deadline();
            while (deadline <= time) {
                track.onTime(deadline, recorder);
                List<Happening> happenings = recorder.take();
                if (!happenings.isEmpty()) {
                    moments.add(new Moment(deadline, null, happenings));
                }
                if (track.deadline() <= deadline) {
                    throw new IllegalStateException("nothing more happens at " + deadline + " in " + pattern.id());
                }
                deadline = track.deadline();
            }
        }

        private List<Happening> onEvent(TimedEvent event) {
            Looking looking = new Looking();
            lookout.look(event.event(), event.time(), matches, looking);
            Sighting sighting = looking.seen;
            if (sighting == null) {
                return reasons(event.event(), 0);
            }
            track.onEvent(sighting, recorder);
            List<Happening> happenings = recorder.take();
            return happenings.isEmpty() ? reasons(event.event(), sighting.holds()) : happenings;
        }

        /** Says why the event did nothing; then what is waited for is what was before it, too. */
        private List<Happening> reasons(MeshEvent event, long holds) {
            if (pattern.events() != null && (holds & Bits.EVENTS) == 0) {
                Explanation explanation = explained(pattern.events(), event);
                if (explanation.outcome() != Outcome.MATCHED) {
                    return List.of(
                            new Happening(What.OUTSIDE, "", "none of the pattern's events: " + because(explanation)));
                }
            }
            List<Happening> reasons = new ArrayList<>();
            Set<String> awaited = awaited();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (awaited.contains(step.name())) {
                    Explanation explanation = explained(step.condition().constant(), event);
                    if (explanation.outcome() != Outcome.MATCHED) {
                        reasons.add(new Happening(
                                What.REFUSED, step.name(), step.name() + " refuses it: " + because(explanation)));
                    }
                } else if ((holds & Bits.step(i)) != 0) {
                    reasons.add(new Happening(
                            What.NOT_AWAITED, step.name(), "nothing that has begun waits for " + step.name()));
                }
            }
            return reasons;
        }

        /** Returns the steps that matches wait for which have begun, or else the step that would begin one. */
        private Set<String> awaited() {
            Set<String> awaited = new LinkedHashSet<>();
            track.open().forEach(open -> {
                if (open.waitingFor() != null) {
                    awaited.add(open.waitingFor());
                }
            });
            if (awaited.isEmpty()) {
                steps.stream()
                        .filter(step -> !step.absent())
                        .findFirst()
                        .map(Step::name)
                        .ifPresent(awaited::add);
            }
            return awaited;
        }

        private static Explanation explained(Rule rule, MeshEvent event) {
            return PlainRuleSet.of(List.of(rule)).explain(0, event);
        }

        private static String because(Explanation explanation) {
            return explanation.alternatives().stream()
                    .filter(each -> each.outcome() == explanation.outcome())
                    .map(Explanation.Alternative::because)
                    .findFirst()
                    .orElse("it wants no event");
        }
    }

    private static final class Looking implements Lookout.Sightings {

        private @Nullable Sighting seen;

        @Override
        public void seen(int pattern, Key key, Sighting sighting) {
            seen = sighting;
        }

        @Override
        public void withoutKey(int pattern) {
            // Not asked of events of a key.
        }

        @Override
        public void failed(int pattern) {
            // Told with the reasons.
        }
    }
}
