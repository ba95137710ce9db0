package dev.weft.workflow.host;

import dev.weft.function.Address;
import dev.weft.function.FunctionCatalog.Entry;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.workflow.engine.Engine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The functions that workflows are made of, for whoever runs functions. */
public final class WorkflowFunctions {

    /** A call is held back, waits for its turn and is retried by who makes it; it gets an answer in any case. */
    private static final Duration LONGEST_CALL = Duration.ofHours(24);

    /** What fails here fails again. */
    private static final int ATTEMPTS = 1;

    private WorkflowFunctions() {}

    /**
     * Returns who calls the functions of each type, and how.
     *
     * @param clock milliseconds since 1970
     * @param nanoTime shows how long expressions take; has no influence on anything else
     * @param gate to be told of checkpoints, for calls that are held back; null where none is
     */
    public static Map<FunctionType, Entry> of(
            WorkflowBook book,
            HostSettings settings,
            Outside outside,
            @Nullable CheckpointGate gate,
            LongSupplier clock,
            LongSupplier nanoTime) {
        return of(book, settings, outside, gate, clock, nanoTime, InstanceObserver.NOBODY);
    }

    /** As above, where somebody counts. */
    public static Map<FunctionType, Entry> of(
            WorkflowBook book,
            HostSettings settings,
            Outside outside,
            @Nullable CheckpointGate gate,
            LongSupplier clock,
            LongSupplier nanoTime,
            InstanceObserver observer) {
        Hosting hosting = new Hosting(book, settings, new Engine(), clock, nanoTime, observer);
        Map<FunctionType, Entry> entries = new LinkedHashMap<>();
        entries.put(WorkflowTypes.INSTANCE, new Entry(new InstanceFunction(hosting), terms(settings)));
        entries.put(
                WorkflowTypes.CORRELATION,
                new Entry(new CorrelationFunction(longestKept(book, settings), clock), terms(settings)));
        entries.put(
                WorkflowTypes.SCHEDULE,
                new Entry(new ScheduleFunction(book, settings, clock, nanoTime), terms(settings)));
        entries.put(WorkflowTypes.CALL, new Entry(new CallFunction(outside, gate), callTerms()));
        return entries;
    }

    /**
     * Returns what is to be sent whenever the job begins or its config is another one, so that schedules are set. It
     * may be sent more than once.
     */
    public static List<Message> armings(WorkflowBook book) {
        return book.newest().stream()
                .filter(workflow -> workflow.definition().schedule() != null)
                .map(workflow -> new Message(
                        new Address(WorkflowTypes.SCHEDULE, workflow.scheduleId()),
                        null,
                        new ScheduleMessage.Arm().form(),
                        null))
                .toList();
    }

    private static Duration longestKept(WorkflowBook book, HostSettings settings) {
        Duration longest = settings.earlyEvents();
        for (Workflow workflow : book.all()) {
            Duration own = workflow.earlyEvents(settings);
            longest = own.compareTo(longest) > 0 ? own : longest;
        }
        return longest;
    }

    private static FunctionTerms terms(HostSettings settings) {
        FunctionTerms usual = FunctionTerms.USUAL;
        // Besides the instance's own form there is how it ended, with an output of some size.
        long bytes = Math.max(usual.maxValueBytes(), 2L * settings.limits().stateBytes());
        return new FunctionTerms(
                usual.maxBatch(),
                usual.concurrency(),
                usual.timeout(),
                ATTEMPTS,
                usual.firstDelay(),
                usual.longestDelay(),
                bytes,
                Math.max(usual.maxValuesBytes(), 2 * bytes));
    }

    private static FunctionTerms callTerms() {
        FunctionTerms usual = FunctionTerms.USUAL;
        return new FunctionTerms(
                1,
                usual.concurrency(),
                LONGEST_CALL,
                ATTEMPTS,
                usual.firstDelay(),
                usual.longestDelay(),
                usual.maxValueBytes(),
                usual.maxValuesBytes());
    }
}
