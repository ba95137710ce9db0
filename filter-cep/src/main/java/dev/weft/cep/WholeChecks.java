package dev.weft.cep;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.emit.EmitTemplate;
import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.event.EventDraft;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Rule;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Refuses what is wrong with a pattern as a whole, each part of which is right. */
final class WholeChecks {

    /** Where no source is given. */
    private static final String SOURCE = "/";

    private final Pattern pattern;
    private final Fields fields;
    private final Problems problems;

    WholeChecks(Pattern pattern, Fields fields, Problems problems) {
        this.pattern = pattern;
        this.fields = fields;
        this.problems = problems;
    }

    void check() {
        refuseEndlessCombinations();
        refuseTimeoutThatNeverComes();
        refuseLoop(pattern.emit(), "emit");
        refuseLoop(pattern.onTimeout(), "onTimeout");
    }

    private void refuseEndlessCombinations() {
        boolean open = pattern.sequence().stream().anyMatch(part -> part.times().isUnbounded())
                || pattern.steps().stream().anyMatch(step -> step.times().isUnbounded());
        boolean any = pattern.sequence().stream().anyMatch(part -> part.contiguity() == Contiguity.FOLLOWED_BY_ANY)
                || pattern.steps().stream()
                        .anyMatch(step -> step.contiguity() == Contiguity.FOLLOWED_BY_ANY
                                || step.repeat() == Repeat.COMBINATIONS);
        if (open && any && pattern.afterMatch().kind() == AfterMatch.Kind.NO_SKIP && !fields.has("limits")) {
            report(
                    "afterMatch",
                    "noSkip with any combination of any number of events, which doubles with each event",
                    "limits beside it, or another afterMatch");
        }
    }

    private void refuseTimeoutThatNeverComes() {
        long taken = pattern.steps().stream()
                .filter(step -> !step.absent())
                .mapToLong(step -> step.times().most())
                .sum();
        if (pattern.onTimeout() != null && taken == 1) {
            report("onTimeout", "onTimeout of a pattern that waits for no event after its first", "no such key");
        }
    }

    /**
     * What a pattern emits may come back to it: then a match would make the next, for ever. Where it says where its
     * events go, and not whose it reads, whoever knows what it reads sees the circle.
     */
    private void refuseLoop(@Nullable EmitTemplate template, String key) {
        boolean apart = !pattern.to().isEmpty() && Collections.disjoint(pattern.from(), pattern.to());
        if (template == null || apart || template.constantType().isEmpty()) {
            return;
        }
        String type = template.constantType().get();
        Step first = pattern.steps().stream()
                .filter(step -> !step.absent())
                .findFirst()
                .orElseThrow();
        MeshEvent emitted = ofType(type);
        if (isWanted(emitted, first.condition().constant())
                && (pattern.events() == null || !pattern.events().isRefusedByAttributes(emitted))) {
            report(
                    key,
                    "the type \"" + type + "\", which the first step \"" + first.name() + "\" takes",
                    "a type that the pattern does not look for: each match would begin another");
        }
    }

    /** A rule that would want any type is not taken to want this one. */
    private static boolean isWanted(MeshEvent emitted, Rule rule) {
        return !rule.isRefusedByAttributes(emitted) && rule.isRefusedByAttributes(ofType("dev.weft.no.such.type"));
    }

    private static MeshEvent ofType(String type) {
        return EventDraft.ofNew("1", SOURCE, type).finish();
    }

    private void report(String key, String found, String expected) {
        problems.add(fields.keyAt(key), fields.path(key), found, expected);
    }
}
