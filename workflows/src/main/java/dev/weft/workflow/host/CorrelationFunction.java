package dev.weft.workflow.host;

import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.Effects.Change;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls {@link Correlation}. Keeps who waits in one value, and events that came early in some more; these are forgotten
 * when the last event of them is.
 */
final class CorrelationFunction implements Invoker {

    private static final String WAITERS = "waiters";
    private static final String WAITERS_TYPE = "weft.workflow/waiters";
    private static final String EARLY_TYPE = "weft.workflow/early-events";
    private static final String[] EARLY = new String[EarlyEvents.SEGMENTS];

    static {
        for (int i = 0; i < EARLY.length; i++) {
            EARLY[i] = "early" + i;
        }
    }

    private final Duration longestKept;
    private final LongSupplier clock;

    /**
     * Makes one.
     *
     * @param longestKept how long events are kept for the filter that has them kept the longest
     * @param clock milliseconds since 1970
     */
    CorrelationFunction(Duration longestKept, LongSupplier clock) {
        this.longestKept = longestKept;
        this.clock = clock;
    }

    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        List<ValueDeclaration> values = new ArrayList<>();
        values.add(ValueDeclaration.kept(WAITERS, WAITERS_TYPE));
        for (String name : EARLY) {
            values.add(new ValueDeclaration(name, EARLY_TYPE, Expiration.AFTER_WRITE, longestKept));
        }
        return values;
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        answer.accept(Turn.answer(() -> take(invocation)));
    }

    private Effects take(Invocation invocation) throws UnreadableException {
        Waiters waiters = waiters(invocation);
        EarlyEvents early = early(invocation);
        Correlation correlation = new Correlation(invocation.target(), waiters, early, clock.getAsLong());
        for (Message message : invocation.messages()) {
            correlation.take(CorrelationMessage.read(message.argument()));
        }
        return new Effects(correlation.sends(), List.of(), List.of(), changes(correlation, waiters, early));
    }

    private static Waiters waiters(Invocation invocation) throws UnreadableException {
        TypedValue kept = invocation.values().get(WAITERS);
        return kept == null ? new Waiters() : Waiters.read(kept.bytes());
    }

    private static EarlyEvents early(Invocation invocation) throws UnreadableException {
        byte[] @Nullable [] segments = new byte[EarlyEvents.SEGMENTS][];
        for (int i = 0; i < EARLY.length; i++) {
            TypedValue kept = invocation.values().get(EARLY[i]);
            segments[i] = kept == null ? null : kept.bytes();
        }
        return new EarlyEvents(segments);
    }

    private static List<Change> changes(Correlation correlation, Waiters waiters, EarlyEvents early) {
        List<Change> changes = new ArrayList<>(2);
        if (correlation.haveWaitersChanged()) {
            changes.add(new Change(WAITERS, waiters.isEmpty() ? null : new TypedValue(WAITERS_TYPE, waiters.form())));
        }
        correlation.changedSegments().stream().forEach(place -> {
            byte[] segment = early.segment(place);
            changes.add(new Change(EARLY[place], segment == null ? null : new TypedValue(EARLY_TYPE, segment)));
        });
        return changes;
    }

    @Override
    public void close() {
        // Nothing is under way after a call.
    }
}
