package dev.weft.job.cli;

import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.expect.Difference;
import dev.weft.cep.expect.Verdict;
import dev.weft.cep.expect.Verdict.Came;
import dev.weft.cep.expect.Verdict.Missing;
import dev.weft.cep.offline.PatternCounts;
import dev.weft.cep.offline.RunResult;
import dev.weft.cep.offline.Told;
import dev.weft.config.Location;
import dev.weft.event.MeshEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What patterns found, for a person. */
final class FoundText {

    private final List<String> lines = new ArrayList<>();

    private FoundText() {}

    /** Returns the lines; without a verdict, all that was found. */
    static List<String> lines(RunResult result, @Nullable Verdict verdict) {
        FoundText text = new FoundText();
        if (verdict == null) {
            text.all(result);
        } else {
            text.judged(result, verdict);
        }
        return text.lines;
    }

    private void all(RunResult result) {
        for (Told told : result.told()) {
            lines.add(told(told));
            MeshEvent event = told.event();
            if (event != null && !event.data().isMissingNode()) {
                lines.add("  " + event.data());
            }
        }
        if (!result.told().isEmpty()) {
            lines.add("");
        }
        counts(result);
    }

    private void judged(RunResult result, Verdict verdict) {
        for (Came each : verdict.came()) {
            lines.add("ok          %s  %s".formatted(place(each.expected().at()), told(each.told())));
        }
        verdict.missing().forEach(this::missing);
        for (Told told : verdict.unexpected()) {
            lines.add("UNEXPECTED  " + told(told));
        }
        lines.add("");
        if (!verdict.isPassed()) {
            counts(result);
            lines.add("");
        }
        lines.add("%s: %d of %s came%s"
                .formatted(
                        verdict.isPassed() ? "passed" : "FAILED",
                        verdict.came().size(),
                        Counted.of(verdict.came().size() + verdict.missing().size(), "expected event"),
                        verdict.unexpected().isEmpty()
                                ? ""
                                : ", and " + verdict.unexpected().size() + " not expected"));
    }

    private void missing(Missing missing) {
        lines.add("MISSING     %s  %s"
                .formatted(place(missing.expected().at()), missing.expected().text()));
        Told nearest = missing.nearest();
        if (nearest == null) {
            lines.add("  the pattern told nothing");
            return;
        }
        lines.add("  nearest: " + told(nearest));
        for (Difference difference : missing.differences()) {
            lines.add("    %s: expected %s, found %s"
                    .formatted(difference.member(), difference.expected(), difference.found()));
        }
        if (missing.differences().isEmpty()) {
            lines.add("    which is as expected, but met another expectation or came out of order");
        }
    }

    private static String place(Location at) {
        return at.file() + ":" + at.line();
    }

    private static String told(Told told) {
        return "%s  %s: %s%s"
                .formatted(
                        told.at(),
                        told.pattern(),
                        event(told) + told.idsInWords(),
                        told.isMatch() ? "" : ", waiting for " + told.waitingFor());
    }

    private static String event(Told told) {
        MeshEvent event = told.event();
        if (event != null) {
            String subject = event.getSubject() == null ? "" : " " + event.getSubject();
            return event.getType() + subject + " of ";
        }
        String what = told.isMatch() ? "a match" : "a timeout";
        return told.fault() == null
                ? what + " that makes no event, of "
                : what + " that cannot be made an event: " + Objects.requireNonNull(told.fault()) + "; of ";
    }

    private void counts(RunResult result) {
        lines.add("%s until %s".formatted(Counted.of(result.events(), "event"), Instant.ofEpochMilli(result.end())));
        List<PatternCounts> some = result.counts().stream()
                .filter(each -> each.seen() + each.withoutKey() > 0)
                .toList();
        if (!some.isEmpty()) {
            Table table = Table.of(1, "PATTERN", "SEEN", "KEYS", "NO KEY", "MATCHES", "TIMEOUTS", "OPEN");
            some.forEach(each -> table.row(row(each)));
            lines.addAll(table.lines());
        }
        some.forEach(each -> lines.add(each.pattern() + ": taken " + taken(each) + notes(each)));
        String none = result.counts().stream()
                .filter(each -> !some.contains(each))
                .map(PatternCounts::pattern)
                .collect(Collectors.joining(", "));
        if (!none.isEmpty()) {
            lines.add("saw no event: " + none);
        }
    }

    private static String[] row(PatternCounts counts) {
        Stream<Integer> numbers = Stream.of(
                counts.seen(), counts.keys(), counts.withoutKey(), counts.matches(), counts.timeouts(), counts.open());
        return Stream.concat(Stream.of(counts.pattern()), numbers.map(String::valueOf))
                .toArray(String[]::new);
    }

    private static String taken(PatternCounts counts) {
        return counts.taken().entrySet().stream()
                .map(step -> step.getValue() + " as " + step.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String notes(PatternCounts counts) {
        return counts.notes().entrySet().stream()
                .filter(note -> note.getKey() != Note.TAKEN)
                .map(FoundText::note)
                .map(note -> "; " + note)
                .collect(Collectors.joining());
    }

    private static String note(Map.Entry<Note, Integer> note) {
        return note.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + note.getValue();
    }
}
