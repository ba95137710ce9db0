package dev.weft.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of an index's rules: segments, the oldest first, and the fields they ask about. Immutable; a changed
 * version shares with this one every segment that need not be compiled anew.
 */
final class Segments {

    /*
     * The segments are a log-structured merge tree of two hands: a change compiles its own rules, and where that makes
     * four segments of about one size, these into one, so that each rule is compiled again only as often as the number of
     * rules grows fourfold. How much one change may compile is bounded; what is left to do is done by merged(), which
     * need not be in a hurry. Where rules are taken out their segment forgets them, and is compiled anew when half are
     * gone.
     */

    static final Segments NONE = new Segments(List.of(), AskedFields.NONE, 0);

    /** So few rules are compiled in no time. */
    private static final int FEW = 16;

    private static final int ALIKE = 4;

    /** However many rules there are, a change compiles at most such a part of them besides its own. */
    private static final int PART = 16;

    /** More segments than these would make events slow; only who never asks for {@link #merged} comes to have them. */
    private static final int MOST = 32;

    private final List<Segment> all;
    private final AskedFields fields;
    private final int size;

    private Segments(List<Segment> all, AskedFields fields, int size) {
        this.all = List.copyOf(all);
        this.fields = fields;
        this.size = size;
    }

    /** Returns these rules in one segment; their numbers are their places in the list. */
    static Segments of(List<Rule> rules) {
        TreeMap<Integer, Rule> numbered = new TreeMap<>();
        rules.forEach(rule -> numbered.put(numbered.size(), rule));
        return compiled(numbered, rules.size());
    }

    private static Segments compiled(TreeMap<Integer, Rule> rules, int size) {
        AskedFields fields = AskedFields.NONE.with(rules.values());
        return new Segments(List.of(segment(rules, fields)), fields, size);
    }

    private static Segment segment(TreeMap<Integer, Rule> rules, AskedFields fields) {
        int[] numbers = rules.keySet().stream().mapToInt(Integer::intValue).toArray();
        return Segment.of(List.copyOf(rules.values()), numbers, fields);
    }

    List<Segment> all() {
        return all;
    }

    /** Returns what the rules ask about, and perhaps fields that only rules asked about that were taken out. */
    AskedFields fields() {
        return fields;
    }

    /** Returns one more than the largest number that a rule was given. */
    int size() {
        return size;
    }

    /** Returns the rule of that number; it wants nothing if none was given the number. */
    Rule rule(int number) {
        for (Segment segment : all) {
            int place = segment.find(number);
            if (place >= 0) {
                return segment.rule(place);
            }
        }
        return Rule.nothing();
    }

    /** Returns the rules with others at these numbers. */
    Segments with(Map<Integer, Rule> changes) {
        List<Segment> changed = new ArrayList<>(all);
        changed.replaceAll(segment -> segment.without(changes.keySet()));
        changed.removeIf(segment -> segment.count() == 0);
        TreeMap<Integer, Rule> added = new TreeMap<>(changes);
        int largest = Math.max(size, added.isEmpty() ? 0 : added.lastKey() + 1);
        added.values().removeIf(rule -> rule.conjunctions().isEmpty());
        AskedFields asked = fields.with(added.values());
        if (!added.isEmpty()) {
            int most = Math.max(FEW, count(changed) / PART);
            for (int alike = alike(changed, added.size(), most);
                    alike > 0;
                    alike = alike(changed, added.size(), most)) {
                List<Segment> merged = changed.subList(changed.size() - alike, changed.size());
                merged.forEach(segment -> segment.forEach((rule, number) -> added.put(number, rule)));
                merged.clear();
            }
            changed.add(segment(added, asked));
        }
        Segments result = new Segments(changed, asked, largest);
        return changed.size() > MOST ? result.merged() : result;
    }

    /** Returns how many of the youngest segments are to be compiled together with so many new rules; mostly none. */
    private static int alike(List<Segment> segments, int added, int most) {
        int alike = 0;
        int sum = added;
        for (int i = segments.size() - 1; i >= 0 && segments.get(i).count() <= added; i--) {
            sum += segments.get(i).count();
            alike++;
        }
        return alike < ALIKE - 1 || sum > most ? 0 : alike;
    }

    private static int count(List<Segment> segments) {
        return segments.stream().mapToInt(Segment::count).sum();
    }

    /** Returns whether {@link #merged} would change nothing. */
    boolean areMerged() {
        return firstToMerge() == null;
    }

    /** Returns the same rules in as few segments as are worth compiling. */
    Segments merged() {
        Segment first = firstToMerge();
        if (first == null) {
            return this;
        }
        int from = all.indexOf(first);
        TreeMap<Integer, Rule> rules = new TreeMap<>();
        all.subList(from, all.size()).forEach(segment -> segment.forEach((rule, number) -> rules.put(number, rule)));
        if (from == 0) {
            return compiled(rules, size);
        }
        List<Segment> fewer = new ArrayList<>(all.subList(0, from));
        fewer.add(segment(rules, fields));
        return new Segments(fewer, fields, size);
    }

    /** Returns the oldest segment that is sparse, or no larger than all behind it; null if there is none. */
    private @Nullable Segment firstToMerge() {
        int behind = count(all);
        for (Segment segment : all) {
            behind -= segment.count();
            if (segment.isSparse() || behind > 0 && segment.count() <= behind) {
                return segment;
            }
        }
        return null;
    }

    RuleMemory memory() {
        return all.stream().map(Segment::memory).reduce(RuleMemory.NONE, RuleMemory::plus);
    }
}
