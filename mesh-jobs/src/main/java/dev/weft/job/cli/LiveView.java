package dev.weft.job.cli;

import dev.weft.cep.Pattern;
import dev.weft.delivery.Target;
import dev.weft.job.JobConfig;
import dev.weft.job.cluster.JobState;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.job.cluster.TargetCounts;
import dev.weft.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a mesh counts, while it runs: one block that is repainted each second on a terminal, a line every five seconds
 * elsewhere.
 */
final class LiveView {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final Shell shell;
    private final JobConfig config;
    private MeshCounts before = MeshCounts.NONE;
    private Duration beforeAt = Duration.ZERO;
    private Duration lastLine = Duration.ZERO;
    private int painted;

    LiveView(Shell shell, JobConfig config) {
        this.shell = shell;
        this.config = config;
    }

    /** Shows what was counted {@code elapsed} after the start. */
    void show(Duration elapsed, JobState state, MeshCounts counts) {
        if (shell.live()) {
            repaint(block(elapsed, state, counts));
        } else if (elapsed.minus(lastLine).compareTo(BETWEEN_LINES) >= 0) {
            lastLine = elapsed;
            shell.note("%4d s: %s%s".formatted(elapsed.toSeconds(), CountsText.sums(counts), unlessRunning(state)));
        }
        before = counts;
        beforeAt = elapsed;
    }

    private List<String> block(Duration elapsed, JobState state, MeshCounts counts) {
        double seconds = Math.max(0.001, elapsed.minus(beforeAt).toMillis() / 1000.0);
        Table table = Table.ofNumbers("", "in all", "per second");
        add(table, "received", counts.received(), before.received(), seconds);
        for (Route route : config.routes()) {
            String name = route.name();
            add(table, "  route " + name, counts.matched(name), before.matched(name), seconds);
        }
        for (Pattern pattern : config.patterns()) {
            String id = pattern.id();
            add(
                    table,
                    "  pattern " + id,
                    counts.pattern(id).matched(),
                    before.pattern(id).matched(),
                    seconds);
        }
        for (Target target : config.targets()) {
            String name = target.name();
            TargetCounts now = counts.target(name);
            String waiting = now.parked() == 0 ? "" : ", %s parked".formatted(Counted.grouped(now.parked()));
            add(
                    table,
                    "  target " + name + waiting,
                    now.delivered(),
                    before.target(name).delivered(),
                    seconds);
        }
        add(table, "delivered", counts.delivered(), before.delivered(), seconds);
        add(table, "unmatched", counts.unmatched(), before.unmatched(), seconds);
        add(table, "dead letter", counts.deadLettered(), before.deadLettered(), seconds);
        List<String> block = new ArrayList<>(table.lines());
        block.add("");
        block.add("%d s%s   Ctrl-C ends it".formatted(elapsed.toSeconds(), unlessRunning(state)));
        return block;
    }

    private static void add(Table table, String what, long now, long before, double seconds) {
        long rate = Math.max(0, Math.round((now - before) / seconds));
        table.row(what, Counted.grouped(now), Counted.grouped(rate));
    }

    private static String unlessRunning(JobState state) {
        return state == JobState.RUNNING ? "" : ", the job is " + state.inWords();
    }

    private void repaint(List<String> block) {
        if (painted > 0) {
            shell.out().printf(UP_AND_CLEAR, painted);
        }
        block.forEach(shell.out()::println);
        shell.out().flush();
        painted = block.size();
    }
}
