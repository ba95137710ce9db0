package dev.weft.cep;

import dev.weft.filter.cel.Scope;
import dev.weft.filter.cel.Scope.Kind;

/** What can be named beside the steps, and names that only these may have. */
final class PatternScope {

    private PatternScope() {}

    static boolean isReserved(String name) {
        return Scope.isReserved(name)
                || switch (name) {
                    case "prev", "key", "start", "end", "deadline", "waitingFor", "pattern" -> true;
                    default -> false;
                };
    }

    /** Returns the scope in which no step has taken an event. */
    static Scope start() {
        return Scope.EVENT
                .withValue("key", Kind.TEXT)
                .without("prev", "the event taken before, of which there is none");
    }

    /** Returns the scope of what is said of a match as a whole. */
    static Scope ofSteps(Scope steps) {
        return steps.withoutEvent().without("prev", "which only steps can name");
    }

    /** Returns the scope of templates for a finished match. */
    static Scope ofMatch(Scope steps) {
        return ofSteps(steps)
                .withValue("start", Kind.TIMESTAMP)
                .withValue("end", Kind.TIMESTAMP)
                .withValue("pattern", Kind.MAP);
    }

    /** Returns the scope of templates for a partial match whose time is over. */
    static Scope ofTimeout(Scope steps) {
        return ofMatch(steps).withValue("deadline", Kind.TIMESTAMP).withValue("waitingFor", Kind.TEXT);
    }
}
