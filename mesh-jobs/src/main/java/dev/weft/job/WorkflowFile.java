package dev.weft.job;

import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.host.WorkflowTerms;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One definition of a job, as it travels: a document in which there is no mistake, and how its instances are hosted.
 *
 * @param file as the config names it
 * @param digest of the document with what it refers to
 * @param document as JSON text
 * @param resources what the document refers to, as JSON texts, by the endpoint as it writes it
 * @param from the names of the channels whose events its instances may see
 * @param to the name of the channel of what it emits; null where it emits nothing
 * @param lifecycle how much is told of what happens
 * @param mode when its calls are made
 */
public record WorkflowFile(
        String file,
        DefinitionId id,
        String digest,
        String document,
        Map<String, String> resources,
        List<String> from,
        @Nullable String to,
        LifecycleLevel lifecycle,
        Mode mode)
        implements Serializable {

    public WorkflowFile {
        resources = Collections.unmodifiableMap(new TreeMap<>(resources));
        from = List.copyOf(from);
    }

    /** Returns how its instances live. */
    WorkflowTerms terms() {
        return new WorkflowTerms(new TreeSet<>(from), to, lifecycle, mode == Mode.STRICT);
    }

    /** When calls are made. */
    public enum Mode {
        /** At once. A restore may make a call again that the state knows nothing of. */
        FAST,
        /** When a checkpoint has completed that knows of the call. */
        STRICT
    }
}
