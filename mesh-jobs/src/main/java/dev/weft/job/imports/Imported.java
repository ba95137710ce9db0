package dev.weft.job.imports;

import dev.weft.job.imports.Note.Kind;
import java.util.List;

/**
 * What an import made: routes, the channels they need, and everything the person should know of it.
 *
 * @param system what it was imported from, as its makers write it
 * @param channels every channel a route names
 * @param notes in reading order
 */
public record Imported(String system, List<ImportedRoute> routes, List<ImportedChannel> channels, List<Note> notes) {

    public Imported {
        routes = List.copyOf(routes);
        channels = List.copyOf(channels);
        notes = List.copyOf(notes);
    }

    /** Returns how many notes are of that kind. */
    public long count(Kind kind) {
        return notes.stream().filter(note -> note.kind() == kind).count();
    }

    /** Returns the routes as a fragment of a job config, to stand below {@code spec}. */
    public String fragment() {
        return new ImportedText(this).fragment();
    }

    /** Returns a whole job config of that name, whose channels the person fills in. */
    public String job(String name) {
        return new ImportedText(this).job(name);
    }
}
