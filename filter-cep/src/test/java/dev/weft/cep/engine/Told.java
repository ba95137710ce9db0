package dev.weft.cep.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an engine finds, as lines: {@code match @12 a=[1, 2] b=[5]}, {@code timeout @15 a=[1] waiting for b}. */
final class Told implements Outcomes {

    final List<String> lines = new ArrayList<>();
    final Map<Note, Integer> notes = new EnumMap<>(Note.class);

    @Override
    public void matched(Match match) {
        lines.add(match(match.taken(), match.time()));
    }

    @Override
    public void timedOut(Timeout timeout) {
        lines.add(timeout(timeout.taken(), timeout.deadline(), timeout.waitingFor()));
    }

    @Override
    public void noted(Note note, String step) {
        notes.merge(note, 1, Integer::sum);
    }

    static String match(Map<String, List<KeptEvent>> taken, long time) {
        return "match @" + time + ids(taken);
    }

    static String timeout(Map<String, List<KeptEvent>> taken, long deadline, String waitingFor) {
        return "timeout @" + deadline + ids(taken) + " waiting for " + waitingFor;
    }

    private static String ids(Map<String, List<KeptEvent>> taken) {
        return taken.entrySet().stream()
                .map(step -> " " + step.getKey() + "="
                        + step.getValue().stream().map(KeptEvent::id).toList())
                .collect(Collectors.joining());
    }
}
