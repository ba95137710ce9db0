package dev.weft.workflow.host;

import dev.weft.workflow.engine.LifecycleLevel;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How instances of one definition live in a job.
 *
 * @param from the channels whose events they see
 * @param to the channel of what they emit; null where they emit nothing
 * @param lifecycle how much is told of what happens
 * @param holdsCalls whether calls to the outside wait until a checkpoint knows of them: so none is ever made that the
 *     job does not remember
 */
public record WorkflowTerms(
        SortedSet<String> from, @Nullable String to, LifecycleLevel lifecycle, boolean holdsCalls) {

    private static final LifecycleLevel[] LEVELS = LifecycleLevel.values();

    void write(FormWriter out) {
        out.signed(from.size());
        from.forEach(out::text);
        out.textOrNone(to).octet(lifecycle.ordinal()).flag(holdsCalls);
    }

    static WorkflowTerms read(FormReader in) throws UnreadableException {
        SortedSet<String> from = new TreeSet<>();
        for (int left = in.size(); left > 0; left--) {
            from.add(in.text());
        }
        return new WorkflowTerms(from, in.textOrNone(), LEVELS[in.octetBelow(LEVELS.length)], in.flag());
    }
}
