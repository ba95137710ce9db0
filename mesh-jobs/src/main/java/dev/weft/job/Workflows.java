package dev.weft.job;

import dev.weft.config.SecretText;
import dev.weft.function.FunctionType;
import dev.weft.workflow.host.HostSettings;
import dev.weft.workflow.host.WorkflowTypes;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable workflows of a job.
 *
 * @param definitions in the order of the file; their ids are unique
 * @param commands the name of the channel on which instances are started, asked about and changed, and where that is
 *     answered; null for none
 * @param instances the name of the compacted channel that has a row for each instance; null for none
 * @param lifecycle the name of the channel that is told what happens; null only where no definition tells anything
 * @param retain how long an instance that has ended is remembered
 * @param earlyEvents how long events are kept for instances that do not wait for them yet
 * @param shards over how many addresses those are spread that wait for events by no value
 * @param secrets what expressions and calls name as a secret, by the name that definitions have for it
 */
public record Workflows(
        List<WorkflowFile> definitions,
        @Nullable String commands,
        @Nullable String instances,
        @Nullable String lifecycle,
        Duration retain,
        Duration earlyEvents,
        int shards,
        WorkflowCalls calls,
        Map<String, SecretText> secrets)
        implements Serializable {

    public Workflows {
        definitions = List.copyOf(definitions);
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    /** Returns the names of the channels whose events instances may see, commands among them. */
    public Set<String> reads() {
        Set<String> read = new LinkedHashSet<>();
        definitions.forEach(definition -> read.addAll(definition.from()));
        add(commands, read);
        return read;
    }

    /** Returns the names of the channels that are written. */
    public Set<String> writes() {
        Set<String> written = new LinkedHashSet<>();
        definitions.forEach(definition -> add(definition.to(), written));
        written.addAll(egress().values());
        return written;
    }

    /** Returns what holds for all instances, but for what their definitions say. */
    public HostSettings hostSettings() {
        HostSettings usual = HostSettings.USUAL;
        return new HostSettings(
                shards,
                earlyEvents,
                retain,
                usual.lifecycle(),
                instances != null,
                usual.holdsCalls(),
                usual.onTime(),
                usual.limits());
    }

    /** Returns to which channels it is said what happens to instances, how they are, and what became of commands. */
    public Map<FunctionType, String> egress() {
        Map<FunctionType, String> egress = new LinkedHashMap<>();
        put(WorkflowTypes.LIFECYCLE, lifecycle, egress);
        put(WorkflowTypes.INSTANCES, instances, egress);
        put(WorkflowTypes.REPLIES, commands, egress);
        return egress;
    }

    private static void put(FunctionType name, @Nullable String channel, Map<FunctionType, String> egress) {
        if (channel != null) {
            egress.put(name, channel);
        }
    }

    private static void add(@Nullable String name, Set<String> names) {
        if (name != null) {
            names.add(name);
        }
    }
}
