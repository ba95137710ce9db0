package dev.weft.cep;

import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.config.Fields;
import dev.weft.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses steps that mean something else than they seem to. */
final class StepChecks {

    private static final List<String> OF_TAKING = List.of("times", "repeat", "optional", "greedy", "until");

    /** How deep groups nest; what a match waits for is counted on not being more than 64 things. */
    private static final int MOST_DEPTH = 2;

    private final boolean hasEvents;
    private final Problems problems;

    StepChecks(boolean hasEvents, Problems problems) {
        this.hasEvents = hasEvents;
        this.problems = problems;
    }

    /**
     * A part where it stands.
     *
     * @param inner the parts of a group
     */
    record Written(Part part, Fields fields, List<Written> inner) {

        boolean isAbsent() {
            return part instanceof Step step && step.absent();
        }
    }

    void check(List<Written> parts) {
        checkEach(parts, 0);
        if (parts.isEmpty()) {
            return;
        }
        checkLast(parts.get(parts.size() - 1));
        if (parts.stream().allMatch(Written::isAbsent)) {
            report(parts.get(0), "absent", "no step that takes an event", "one step at least that is not absent");
        } else if (parts.stream()
                .allMatch(part -> part.isAbsent() || part.part().optional())) {
            report(
                    parts.get(0),
                    "optional",
                    "no step that a match must have",
                    "one step at least that is not optional");
        }
    }

    private void checkEach(List<Written> parts, int depth) {
        boolean inGroup = depth > 0;
        for (int i = 0; i < parts.size(); i++) {
            Written at = parts.get(i);
            boolean first = parts.subList(0, i).stream().allMatch(Written::isAbsent);
            boolean last = i == parts.size() - 1;
            checkContiguity(at, first && !inGroup);
            if (at.part() instanceof Step step) {
                if (step.absent()) {
                    checkAbsent(at, step, i, last, inGroup);
                    refuseAfterOptional(at, i == 0 ? null : parts.get(i - 1));
                } else {
                    checkTaking(at, step, first && !inGroup);
                }
                if (inGroup && step.within() != null) {
                    report(at, "within", "within in a group", "within of the pattern, or of steps outside of groups");
                }
            } else {
                checkGroup(at, depth + 1);
                checkEach(at.inner(), depth + 1);
            }
        }
    }

    private void checkContiguity(Written at, boolean first) {
        if (at.part().contiguity() != Contiguity.FOLLOWED_BY && first) {
            report(at, "contiguity", "contiguity of the first step", "none: nothing comes before it");
        } else if (at.part().contiguity() == Contiguity.NEXT && !hasEvents) {
            report(
                    at,
                    "contiguity",
                    "next in a pattern without events",
                    "events: in the pattern, which says next among which; or followedBy");
        }
    }

    private void checkAbsent(Written at, Step step, int place, boolean last, boolean inGroup) {
        for (String key : OF_TAKING) {
            if (at.fields().has(key)) {
                report(at, key, key + " of an absent step", "no such key: an absent step takes nothing");
            }
        }
        if (step.contiguity() == Contiguity.FOLLOWED_BY_ANY) {
            report(at, "contiguity", "followedByAny of an absent step", "followedBy or next");
        }
        if (inGroup && (last || place == 0)) {
            report(
                    at,
                    "absent",
                    "an absent step at the " + (last ? "end" : "start") + " of a group",
                    "a step of the group that takes events, or the absent step beside the group");
        } else if (last && step.contiguity() == Contiguity.NEXT) {
            report(
                    at,
                    "contiguity",
                    "next of an absent step at the end, which the end of the time cannot decide",
                    "followedBy");
        } else if (!inGroup && !last && place > 0 && step.within() != null) {
            report(
                    at,
                    "within",
                    "within of an absent step between others",
                    "no such key: it must be absent until the next step's event");
        }
    }

    private void checkGroup(Written at, int depth) {
        if (depth > MOST_DEPTH) {
            report(at, "sequence", "a group in a group in a group", "groups in groups at most");
        }
        if (at.inner().stream().allMatch(part -> part.isAbsent() || part.part().optional())) {
            report(
                    at,
                    "sequence",
                    "a group without a step that it must have",
                    "one step at least that is not optional, or optional: true beside sequence");
        }
    }

    private void refuseAfterOptional(Written at, @Nullable Written before) {
        if (before != null && endsOptional(before.part())) {
            report(at, "absent", "an absent step after an optional one", "a step between them that is not optional");
        }
    }

    private static boolean endsOptional(Part part) {
        return part.optional()
                || part instanceof Group group
                        && endsOptional(group.sequence().get(group.sequence().size() - 1));
    }

    private void checkTaking(Written at, Step step, boolean first) {
        if (step.until() != null && !step.times().isUnbounded()) {
            report(
                    at,
                    "until",
                    "until of a step that takes a known number of events",
                    "times: 1+ or the like beside it");
        }
        if (step.greedy() && step.times().isFixed()) {
            report(at, "greedy", "greedy of a step that takes a fixed number of events", "times: 1+ or 2..5 beside it");
        }
        if (step.greedy() && step.until() != null && step.optional()) {
            report(at, "greedy", "greedy, until and optional in one step", "two of them at most");
        }
        if (at.fields().has("repeat") && step.times().isOnce()) {
            report(at, "repeat", "repeat of a step that takes one event", "times beside it");
        }
        if (step.repeat() == Repeat.CONSECUTIVE && !hasEvents) {
            report(
                    at,
                    "repeat",
                    "consecutive in a pattern without events",
                    "events: in the pattern, which says consecutive among which; or relaxed");
        }
        if (first && step.within() != null && step.times().isOnce()) {
            report(at, "within", "within of the first step's only event", "none: nothing comes before it");
        }
    }

    private void checkLast(Written last) {
        if (last.part().optional()) {
            report(
                    last,
                    "optional",
                    "an optional last part, without which every match is complete",
                    "a part that must be there");
        }
        if (last.part() instanceof Step step && step.greedy()) {
            report(
                    last,
                    "greedy",
                    "greedy of the last step, which has nothing to be greedy against",
                    "a fixed number of times");
        }
        boolean until = last.part() instanceof Step step && step.until() != null;
        if (last.part().times().isUnbounded() && !until) {
            report(
                    last,
                    "times",
                    "any number of times at the end, where each event makes another match",
                    "a fixed number, or until beside it");
        }
    }

    private void report(Written at, String key, String found, String expected) {
        problems.add(at.fields().keyAt(key), at.fields().path(key), found, expected);
    }
}
