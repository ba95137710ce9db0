package dev.weft.job.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the control channel says of one job: which versions of its rules there were since it was last started without
 * its state, and which subtask decides by which. Told event by event, in the order of the log. Not safe for several
 * threads.
 */
public final class RuleHistory {

    private final String job;
    private final Map<String, Life> lives = new HashMap<>();
    private ControlEvent.@Nullable Started started;

    /** What was said of one lineage. */
    private static final class Life {
        private final SortedMap<Integer, Map<String, RuleVersion>> versions = new TreeMap<>();
        private final SortedMap<Integer, ControlEvent.Applied> applied = new TreeMap<>();
        private final SortedMap<Integer, ControlEvent.Holding> holding = new TreeMap<>();
        private final Map<String, List<ControlEvent.Refused>> refused = new LinkedHashMap<>();
    }

    /** Starts with nothing known of that job. */
    public RuleHistory(String job) {
        this.job = job;
    }

    /** Takes the next thing that was said; what is said of other jobs is none of this one's. */
    public void add(ControlEvent event) {
        if (!event.job().equals(job)) {
            return;
        }
        if (event instanceof ControlEvent.Proposed proposed) {
            add(proposed.lineage(), proposed.version());
        } else if (event instanceof ControlEvent.Seeded seeded) {
            add(seeded.lineage(), seeded.version());
        } else if (event instanceof ControlEvent.Started start) {
            started = start;
        } else if (event instanceof ControlEvent.Applied applied) {
            life(applied.lineage()).applied.put(applied.subtask(), applied);
        } else if (event instanceof ControlEvent.Holding holding) {
            life(holding.lineage()).holding.put(holding.subtask(), holding);
        } else if (event instanceof ControlEvent.Refused refused) {
            life(refused.lineage())
                    .refused
                    .computeIfAbsent(refused.proposal(), id -> new ArrayList<>())
                    .add(refused);
        }
    }

    private void add(String lineage, RuleVersion version) {
        life(lineage)
                .versions
                .computeIfAbsent(version.number(), number -> new LinkedHashMap<>())
                .putIfAbsent(version.id(), version);
    }

    private Life life(String lineage) {
        return lives.computeIfAbsent(lineage, name -> new Life());
    }

    private Life now() {
        return started == null ? new Life() : life(started.lineage());
    }

    /** Returns how the job was last started; empty if it never was, or has no checkpoint since. */
    public Optional<ControlEvent.Started> started() {
        return Optional.ofNullable(started);
    }

    /** Returns the number of the newest version that some subtask decides by; 0 if none has said so. */
    public int newest() {
        return now().applied.values().stream()
                .mapToInt(ControlEvent.Applied::version)
                .max()
                .orElse(0);
    }

    /** Returns how many subtasks the job has. */
    public int subtasks() {
        return started == null ? 0 : started.parallelism();
    }

    /** Returns the subtasks that decide by that version or a newer one. */
    public List<Integer> decidingBy(int version) {
        return now().applied.values().stream()
                .filter(applied -> applied.version() >= version && applied.subtask() < subtasks())
                .map(ControlEvent.Applied::subtask)
                .toList();
    }

    /** Returns what stands still, by the subtask that has read most. */
    public Pauses pauses() {
        return holding()
                .max(Comparator.comparingLong(ControlEvent.Holding::position))
                .map(ControlEvent.Holding::pauses)
                .orElse(Pauses.NONE);
    }

    /** Returns how many subtasks have said what stands still since they read the control channel beyond that offset. */
    public int holdingBeyond(long offset) {
        return (int) holding().filter(each -> each.position() > offset).count();
    }

    private Stream<ControlEvent.Holding> holding() {
        return now().holding.values().stream().filter(each -> each.subtask() < subtasks());
    }

    /** Returns why the proposal of that id was refused; empty if no subtask has refused it. */
    public List<String> refusal(String proposal) {
        List<ControlEvent.Refused> said = now().refused.getOrDefault(proposal, List.of());
        return said.isEmpty() ? List.of() : said.get(0).problems();
    }

    /** Returns the version of that number: of several proposals the one that was taken. */
    public Optional<RuleVersion> version(int number) {
        Map<String, RuleVersion> proposed = now().versions.getOrDefault(number, Map.of());
        return proposed.values().stream()
                .filter(version -> !now().refused.containsKey(version.id()))
                .findFirst();
    }

    /** Returns the versions that were taken, or may yet be, oldest first. */
    public List<RuleVersion> versions() {
        return now().versions.keySet().stream()
                .flatMap(number -> version(number).stream())
                .toList();
    }
}
