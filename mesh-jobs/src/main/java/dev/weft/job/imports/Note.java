package dev.weft.job.imports;

import dev.weft.config.Location;
import java.util.Comparator;

/**
 * One thing the person who imports should know: what stands in the source and does not stand in the result as it was.
 *
 * @param at where in the source
 * @param path the part of the source, as a JSON path from the document's root
 * @param said what became of it and why, in one sentence
 */
public record Note(Kind kind, Location at, String path, String said) {

    /** The order in which notes are told: as a reader meets them in the file. */
    static final Comparator<Note> IN_READING_ORDER = Comparator.comparing(
                    (Note note) -> note.at().file())
            .thenComparingInt(note -> note.at().line())
            .thenComparingInt(note -> note.at().column())
            .thenComparing(Note::kind);

    /** What a note asks of the person. */
    public enum Kind {
        /** It is said in another way, or answers differently in the cases the note names. */
        CHANGED("changed"),
        /** It concerns what only the person can decide, such as which topic is meant. */
        OPEN("left to you"),
        /** It is not in the result: what arrives, or what is in it, would differ. */
        LOST("not carried over");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns the kind as a note begins with it. */
        public String words() {
            return words;
        }
    }

    /** Returns the note on one line, starting with {@code file:line:column} so terminals can link it. */
    public String message() {
        return "%s: %s: %s: %s".formatted(at, path, kind.words(), said);
    }
}
