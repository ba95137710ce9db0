package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.AfterMatch.Kind;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.engine.Outcomes.Match;
import dev.weft.cep.engine.Outcomes.Note;
import java.util.ArrayList;
import java.util.List;

/** Tells complete matches of one key when it is their turn, and ends others as they say. */
final class Telling {

    private final Pattern pattern;
    private final AfterMatches afterMatches;
    private final Automaton automaton;
    private final Runs state;
    private final Key key;
    private final Outcomes outcomes;

    /** Runs that have come about with the event that is looked at. */
    private final List<Run> born = new ArrayList<>();

    private boolean ended;

    Telling(Pattern pattern, AfterMatches afterMatches, Automaton automaton, Runs state, Key key, Outcomes outcomes) {
        this.pattern = pattern;
        this.afterMatches = afterMatches;
        this.automaton = automaton;
        this.state = state;
        this.key = key;
        this.outcomes = outcomes;
    }

    void bear(Run run) {
        born.add(run);
    }

    List<Run> born() {
        return born;
    }

    void end(Run run) {
        run.ended = true;
        ended = true;
    }

    /** Returns whether runs have ended. */
    boolean hasEnded() {
        return ended;
    }

    /** Takes a match that is complete. */
    void complete(Link link, long time) {
        if (afterMatches.isWanted(bindings(link), outcomes)) {
            state.hold(new Held(link, time));
            release();
        }
    }

    /** Tells what need not wait any longer. */
    void release() {
        while (!state.held.isEmpty() && !mustWait(state.held.get(0))) {
            tell(state.held.remove(0));
        }
    }

    private boolean mustWait(Held match) {
        Kind kind = pattern.afterMatch().kind();
        return pattern.emission() == Emission.LEFTMOST
                && kind != Kind.NO_SKIP
                && kind != Kind.SKIP_TO_NEXT
                && (isOpenBefore(match, state.runs) || isOpenBefore(match, born));
    }

    private static boolean isOpenBefore(Held match, List<Run> runs) {
        for (Run run : runs) {
            if (!run.ended && run.waiting != 0 && run.start() < match.start()) {
                return true;
            }
        }
        return false;
    }

    private void tell(Held match) {
        outcomes.matched(new Match(bindings(match.link()).byStep(), match.time()));
        long barrier = afterMatches.barrier(positions(match.link()));
        long alike = pattern.afterMatch().kind() == Kind.SKIP_TO_NEXT ? match.start() : -1;
        skip(state.runs, barrier, alike, match.link());
        skip(born, barrier, alike, match.link());
        state.held.removeIf(other -> {
            boolean skipped = other.start() < barrier || other.start() == alike;
            if (skipped) {
                outcomes.noted(Note.SKIPPED, "");
            }
            return skipped;
        });
    }

    private void skip(List<Run> runs, long barrier, long alike, Link told) {
        for (Run run : runs) {
            if (!run.ended && (run.start() < barrier || run.start() == alike)) {
                end(run);
                if (run.link != told) {
                    outcomes.noted(Note.SKIPPED, "");
                }
            }
        }
    }

    LinkBindings bindings(Link link) {
        return new LinkBindings(automaton.steps(), link, key);
    }

    private AfterMatches.Positions positions(Link match) {
        return new AfterMatches.Positions() {
            @Override
            public long last() {
                return match.event().position();
            }

            @Override
            public long first(String step) {
                long first = Long.MIN_VALUE;
                for (Link link = match; link != null; link = link.before()) {
                    first = isOf(step, link) ? link.event().position() : first;
                }
                return first;
            }

            @Override
            public long last(String step) {
                Link link = match;
                while (!isOf(step, link) && link.before() != null) {
                    link = link.before();
                }
                return link.event().position();
            }
        };
    }

    private boolean isOf(String step, Link link) {
        return automaton.steps().get(link.step()).name().equals(step);
    }
}
