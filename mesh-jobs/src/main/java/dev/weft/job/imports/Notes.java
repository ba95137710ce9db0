package dev.weft.job.imports;

import dev.weft.config.Node;
import dev.weft.job.imports.Note.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every note so far of one import. What is to be said of many places is said once, at the first of them. */
final class Notes {

    private record Said(Kind kind, String text) {}

    private final Map<Said, List<Note>> notes = new LinkedHashMap<>();

    void changed(Node at, String said) {
        add(Kind.CHANGED, at, said);
    }

    void open(Node at, String said) {
        add(Kind.OPEN, at, said);
    }

    void lost(Node at, String said) {
        add(Kind.LOST, at, said);
    }

    /** Returns how often something was lost: compare two counts to learn whether a part was carried over whole. */
    int lostCount() {
        return notes.entrySet().stream()
                .filter(each -> each.getKey().kind() == Kind.LOST)
                .mapToInt(each -> each.getValue().size())
                .sum();
    }

    List<Note> inReadingOrder() {
        return notes.values().stream()
                .map(Notes::together)
                .sorted(Note.IN_READING_ORDER)
                .toList();
    }

    private static Note together(List<Note> places) {
        Note first = places.stream().min(Note.IN_READING_ORDER).orElseThrow();
        int others = places.size() - 1;
        String more = others == 0 ? "" : " (and in " + others + " more place" + (others == 1 ? ")" : "s)");
        return new Note(first.kind(), first.at(), first.path(), first.said() + more);
    }

    private void add(Kind kind, Node at, String said) {
        notes.computeIfAbsent(new Said(kind, said), key -> new ArrayList<>())
                .add(new Note(kind, at.at(), at.path(), said));
    }
}
