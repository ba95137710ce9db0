package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import dev.weft.filter.Matches;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleIndex;
import dev.weft.filter.RuleSet;
import dev.weft.route.transform.EventValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees which patterns look at an event, before anything is known of other events: all constant conditions of all
 * patterns are asked at once, by one index, and an event that meets none costs nothing more. What the patterns keep of
 * the others is all that travels on.
 *
 * <p>Immutable, and safe to share between threads as long as each has its own {@link Matches}.
 */
public final class Lookout {

    private final List<Watch> watches;
    private final RuleSet rules;

    /** To which pattern a rule belongs, and which bits it stands for, by the rule's number. */
    private final int[] watchOf;

    private final long[] bitsOf;

    private Lookout(List<Pattern> patterns) {
        List<Rule> all = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        this.watches = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            Watch watch = Watch.of(i, patterns.get(i));
            watches.add(watch);
            watch.rules().forEach((rule, bit) -> {
                all.add(rule);
                owners.add(watch.pattern());
                bits.add(bit);
            });
        }
        this.rules = RuleIndex.of(all);
        this.watchOf = owners.stream().mapToInt(Integer::intValue).toArray();
        this.bitsOf = bits.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns the lookout of these patterns; their numbers are their places in the list. */
    public static Lookout of(List<Pattern> patterns) {
        return new Lookout(patterns);
    }

    /** Takes what is seen of one event. */
    public interface Sightings {

        /** The pattern of that number looks at the event. */
        void seen(int pattern, Key key, Sighting sighting);

        /** The pattern of that number would look at the event, which has not all the values of its key. */
        void withoutKey(int pattern);

        /** A condition of the pattern of that number cannot be evaluated, and counts as not met. */
        void failed(int pattern);
    }

    /**
     * Tells which patterns look at the event, in the order of their numbers.
     *
     * @param time when it happened, milliseconds since 1970
     * @param matches working memory
     */
    public void look(MeshEvent event, long time, Matches matches, Sightings sightings) {
        rules.match(event, matches);
        for (int i = 0; i < matches.undecidedCount(); i++) {
            sightings.failed(watchOf[matches.undecided(i)]);
        }
        for (int i = 0; i < matches.failedCount(); i++) {
            sightings.failed(watchOf[matches.failed(i)]);
        }
        int next = 0;
        while (next < matches.matchedCount()) {
            int watch = watchOf[matches.matched(next)];
            long holds = 0;
            while (next < matches.matchedCount() && watchOf[matches.matched(next)] == watch) {
                holds |= bitsOf[matches.matched(next)];
                next++;
            }
            watches.get(watch).take(event, time, holds, sightings);
        }
    }

    /**
     * One pattern's part of it.
     *
     * @param needed bits of which one must hold for the event to matter
     * @param attributes names of those that are kept; all of them if it is empty
     */
    private record Watch(
            int pattern,
            Map<Rule, Long> rules,
            boolean scoped,
            long needed,
            EventValues keyValues,
            Projection wanted,
            boolean asksPayload,
            Set<String> attributes) {

        static Watch of(int number, Pattern pattern) {
            Map<Rule, Long> rules = new LinkedHashMap<>();
            List<Step> steps = pattern.steps();
            long needed = 0;
            for (int i = 0; i < steps.size(); i++) {
                rules.merge(steps.get(i).condition().constant(), Bits.step(i), (one, other) -> one | other);
                needed |= Bits.step(i);
                Pattern.Condition until = steps.get(i).until();
                if (until != null) {
                    rules.merge(until.constant(), Bits.until(i), (one, other) -> one | other);
                    needed |= Bits.until(i);
                }
            }
            if (pattern.until() != null) {
                rules.merge(pattern.until(), Bits.UNTIL, (one, other) -> one | other);
                needed |= Bits.UNTIL;
            }
            if (pattern.events() != null) {
                rules.merge(pattern.events(), Bits.EVENTS, (one, other) -> one | other);
                // What no step wants may still stand between events that must be next to each other.
                needed |= pattern.sequence().stream().anyMatch(Watch::isStrict) ? Bits.EVENTS : 0;
            }
            Kept kept = Kept.of(pattern);
            return new Watch(
                    number,
                    rules,
                    pattern.events() != null,
                    needed,
                    EventValues.of(pattern.partitionBy()),
                    Projection.of(kept.paths()),
                    !kept.paths().isEmpty(),
                    kept.attributes());
        }

        private static boolean isStrict(Part part) {
            return part.contiguity() == Contiguity.NEXT
                    || part instanceof Step step && step.repeat() == Repeat.CONSECUTIVE
                    || part instanceof Group group && group.sequence().stream().anyMatch(Watch::isStrict);
        }

        void take(MeshEvent event, long time, long holds, Sightings sightings) {
            boolean outside = scoped && (holds & Bits.EVENTS) == 0;
            long asked = outside ? holds & Bits.UNTIL : holds;
            if ((asked & needed) == 0) {
                return;
            }
            EventValues.Reading reading = keyValues.read(event);
            if (reading.damage() != null || reading.values().stream().anyMatch(Watch::isNothing)) {
                sightings.withoutKey(pattern);
                return;
            }
            PayloadReading payload = asksPayload ? event.read(wanted) : null;
            boolean unreadable = payload != null && payload.damage() != null;
            KeptEvent kept = new KeptEvent(
                    time,
                    event.origin(),
                    attributesOf(event, time),
                    payload == null ? MissingNode.getInstance() : payload.root());
            sightings.seen(
                    pattern, Key.of(reading.values()), new Sighting(kept, asked | (unreadable ? Bits.UNREADABLE : 0)));
        }

        private static boolean isNothing(JsonNode value) {
            return value.isMissingNode() || value.isNull();
        }

        private Map<String, String> attributesOf(MeshEvent event, long time) {
            Map<String, String> kept = new LinkedHashMap<>();
            for (String name : attributes.isEmpty() ? new TreeSet<>(event.attributeNames()) : attributes) {
                String text = event.attribute(name);
                if (text != null) {
                    kept.put(name, text);
                }
            }
            kept.computeIfAbsent("time", name -> Instant.ofEpochMilli(time).toString());
            return kept;
        }
    }
}
