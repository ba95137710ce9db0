package dev.weft.job.rules;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;

/** What of a job can stand still by itself: one of its routes, or one of its targets. */
public record Part(Kind kind, String name) implements Comparable<Part>, Serializable {

    private static final Comparator<Part> ORDER =
            Comparator.comparing(Part::kind).thenComparing(Part::name);

    /** The kinds of parts. */
    public enum Kind {
        ROUTE,
        TARGET;

        /** Returns the word for it, in files and on the screen. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int compareTo(Part other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
