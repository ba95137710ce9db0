package dev.weft.cep.live;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.OnUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of which patterns are looked for at which time of the events. Immutable, and the same wherever it is
 * made of the same changes.
 *
 * @param number grows by one with each change
 * @param tenures in the order in which they came
 */
public record Roster(int number, List<Tenure> tenures) {

    public Roster {
        tenures = List.copyOf(tenures);
    }

    /** Returns the roster of patterns that were always there. */
    public static Roster of(List<Pattern> patterns) {
        return new Roster(0, List.of()).followedBy(patterns, Long.MIN_VALUE);
    }

    /**
     * Returns the roster after a change. What has another text than before is replaced, what is missing or disabled
     * ends; all that at one instant, in the time of the events.
     *
     * @param patterns all that there are from then on
     * @param from milliseconds since 1970
     */
    public Roster followedBy(List<Pattern> patterns, long from) {
        Map<String, Pattern> next = new LinkedHashMap<>();
        patterns.stream().filter(Pattern::enabled).forEach(pattern -> next.put(pattern.id(), pattern));
        List<Tenure> all = new ArrayList<>();
        Map<String, Long> begins = new LinkedHashMap<>();
        for (Tenure tenure : tenures) {
            Pattern pattern = next.get(tenure.pattern().id());
            if (!tenure.isOpen()) {
                all.add(tenure);
            } else if (pattern != null && pattern.text().equals(tenure.pattern().text())) {
                all.add(tenure);
                next.remove(pattern.id());
            } else {
                // What was to begin later than it ends never begins.
                long end = Math.max(from, tenure.from());
                begins.put(tenure.pattern().id(), end);
                Tenure ended = tenure.ending(end, fate(tenure.pattern(), pattern));
                if (end > tenure.from()) {
                    all.add(ended);
                }
            }
        }
        for (Pattern pattern : next.values()) {
            all.add(new Tenure(pattern, begins.getOrDefault(pattern.id(), from), Tenure.OPEN, OnUpdate.DROP));
        }
        return new Roster(number + 1, all);
    }

    /** Who comes says what becomes of what is there; who goes without a successor, for itself. */
    private static OnUpdate fate(Pattern old, @Nullable Pattern successor) {
        OnUpdate said = successor == null ? old.onUpdate() : successor.onUpdate();
        return successor == null && said == OnUpdate.KEEP ? OnUpdate.DROP : said;
    }

    /** Returns whether these, and no others, are looked for without an end. */
    public boolean isOf(List<Pattern> patterns) {
        Set<String> wanted =
                patterns.stream().filter(Pattern::enabled).map(Pattern::text).collect(Collectors.toSet());
        Set<String> open = tenures.stream()
                .filter(Tenure::isOpen)
                .map(tenure -> tenure.pattern().text())
                .collect(Collectors.toSet());
        return wanted.equals(open);
    }

    /** Returns the roster without those of which nothing is remembered at that time. */
    public Roster without(long time) {
        return new Roster(
                number,
                tenures.stream().filter(tenure -> tenure.forgottenAt() > time).toList());
    }

    /** Returns the first time after another from which there is one less that an event can concern. */
    public long nextEnd(long after) {
        return tenures.stream()
                .mapToLong(Tenure::end)
                .filter(end -> end > after)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
