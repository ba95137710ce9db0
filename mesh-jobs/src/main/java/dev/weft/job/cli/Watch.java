package dev.weft.job.cli;

import dev.weft.job.cluster.ClusterFailure;
import dev.weft.job.cluster.JobState;
import dev.weft.job.cluster.JobSummary;
import dev.weft.job.cluster.MeshCounts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks at a running mesh once a second, until its time is over or somebody wants the end. */
final class Watch {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Flink collects the counters itself only so often: numbers that stay equal for this long are the last ones. */
    private static final Duration STEADY = Duration.ofMillis(2500);

    private static final Duration UNTIL_STEADY = Duration.ofSeconds(20);

    private final LocalMesh.Running mesh;
    private final CtrlC ctrlC;
    private final LiveView view;
    private final long start = System.nanoTime();

    Watch(Shell shell, LocalMesh.Running mesh, CtrlC ctrlC) {
        this.mesh = mesh;
        this.ctrlC = ctrlC;
        this.view = new LiveView(shell, mesh.config());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Shows the counts until the time is over, without limit if there is none.
     *
     * @throws CommandFailure if the job fails for good
     */
    void until(@Nullable Duration limit) throws CommandFailure, ClusterFailure, InterruptedException {
        while (limit == null || elapsed().compareTo(limit) < 0) {
            Duration left = limit == null ? BETWEEN_LOOKS : limit.minus(elapsed());
            boolean ended = ctrlC.isPressedWithin(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS);
            if (ended) {
                return;
            }
            JobSummary job = mesh.flink().job(mesh.jobId());
            if (job.state().isFinal()) {
                throw CommandFailure.failure("the job is %s%s"
                        .formatted(
                                job.state().inWords(),
                                mesh.flink()
                                        .failure(mesh.jobId())
                                        .map(cause -> ": " + cause)
                                        .orElse("")));
            }
            view.show(elapsed(), job.state(), mesh.flink().counts(mesh.jobId()));
        }
    }

    /** Waits until the counts do not change any more and at least so many records were received, and returns them. */
    MeshCounts last(long received) throws ClusterFailure, InterruptedException {
        Duration begin = elapsed();
        Duration changed = begin;
        MeshCounts counts = mesh.flink().counts(mesh.jobId());
        while (elapsed().minus(begin).compareTo(UNTIL_STEADY) < 0) {
            boolean steady = elapsed().minus(changed).compareTo(STEADY) >= 0;
            if (steady && counts.received() >= received) {
                break;
            }
            if (ctrlC.isPressed()) {
                Thread.sleep(200);
            } else {
                ctrlC.isPressedWithin(Duration.ofMillis(200));
            }
            MeshCounts now = mesh.flink().counts(mesh.jobId());
            changed = now.equals(counts) ? changed : elapsed();
            counts = now;
        }
        view.show(elapsed(), JobState.RUNNING, counts);
        return counts;
    }
}
