package dev.weft.benchmarks.pattern;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Asks one contender one question, in a process of its own: {@code <question> <contender> <folder> <share>}. It gives
 * it the stream again and again until the process is warm, and then measures the end of the stream, when as much is
 * forgotten as comes.
 */
public final class TrialMain {

    static final String COST = "cost ";

    private static final int BATCH = 2000;
    private static final long WARM_NANOS = 4_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long self = Thread.currentThread().getId();

    private final Question question;
    private final Stream stream;

    private long nanos;
    private long checkpointNanos;
    private long bytes;

    private TrialMain(Question question) {
        this.question = question;
        this.stream = question.stream();
    }

    public static void main(String[] args) throws Exception {
        System.setProperty(Question.SHARE_PROPERTY, args[3]);
        Question question = Question.of(args[0]);
        Entrant entrant = Entrant.of(args[1]);
        Cost cost = new TrialMain(question).measure(entrant, Path.of(args[2]));
        System.out.println(COST + cost.line());
        System.exit(0); // flink-cep leaves threads behind
    }

    private Cost measure(Entrant entrant, Path folder) throws Exception {
        for (int pass = 0; ; pass++) {
            try (Contender contender = entrant.open(question, folder.resolve("pass-" + pass))) {
                Cost cost = run(contender);
                if (cost != null) {
                    return cost;
                }
            }
        }
    }

    /** Returns nothing if the process was not warm yet. */
    private @Nullable Cost run(Contender contender) throws Exception {
        give(contender, 0, question.before());
        boolean warm = nanos >= WARM_NANOS;
        long nanosBefore = nanos;
        long checkpointBefore = checkpointNanos;
        long bytesBefore = bytes;
        long ownBefore = threads.getCurrentThreadCpuTime();
        long processBefore = system.getProcessCpuTime();
        give(contender, question.before(), question.before() + question.measured());
        double elsewhere = system.getProcessCpuTime() - processBefore - (threads.getCurrentThreadCpuTime() - ownBefore);
        double each = question.measured();
        double ofCheckpoint = (double) (checkpointNanos - checkpointBefore) / question.checkpointEvery() / 1e3;
        contender.watermark(Long.MAX_VALUE - 1);
        return warm
                ? new Cost(
                        (nanos - nanosBefore) / each / 1e3 + ofCheckpoint,
                        ofCheckpoint,
                        elsewhere / each / 1e3,
                        (bytes - bytesBefore) / each,
                        contender.found().matches(),
                        contender.found().ids())
                : null;
    }

    /** Gives it events, watermarks between them, and checkpoints. */
    private void give(Contender contender, int from, int to) throws Exception {
        for (int at = from; at < to; at += BATCH / Question.SHARE) {
            int end = Math.min(at + BATCH / Question.SHARE, to);
            contender.prepare(stream, at, end);
            long cpu = threads.getCurrentThreadCpuTime();
            long allocated = threads.getThreadAllocatedBytes(self);
            contender.feed();
            contender.watermark(stream.watermark(end - 1));
            long beforeCheckpoint = threads.getCurrentThreadCpuTime();
            if (end % question.checkpointEvery() == question.measured()) {
                contender.checkpoint(end);
            }
            long after = threads.getCurrentThreadCpuTime();
            nanos += beforeCheckpoint - cpu;
            checkpointNanos += after - beforeCheckpoint;
            bytes += threads.getThreadAllocatedBytes(self) - allocated;
        }
    }
}
