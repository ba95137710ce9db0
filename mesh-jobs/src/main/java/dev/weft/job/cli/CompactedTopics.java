package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics of a job in which the last record of each key must stay, however old it is: with the settings they need, and
 * what is lost where records expire.
 */
final class CompactedTopics {

    private static final String COMPACT = "compact";
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", COMPACT);

    /**
     * Every version of the rules is kept, and one can be as long as a config: so many bytes even if it barely shrinks.
     */
    private static final Map<String, String> CONTROL =
            Map.of("cleanup.policy", COMPACT, "max.message.bytes", Integer.toString(4 << 20));

    /**
     * One of them.
     *
     * @param loses what no record says any more once it has expired
     */
    private record Kept(Map<String, String> settings, String loses) {}

    private final Map<String, Kept> topics = new LinkedHashMap<>();

    private CompactedTopics() {}

    static CompactedTopics of(JobConfig config) {
        CompactedTopics compacted = new CompactedTopics();
        config.control()
                .ifPresent(name -> compacted.topics.put(
                        config.channel(name).topic(),
                        new Kept(CONTROL, "of the control channel forgets versions of the rules")));
        config.functions().workflows().ifPresent(workflows -> {
            if (workflows.instances() != null) {
                compacted.topics.put(
                        config.channel(workflows.instances()).topic(),
                        new Kept(COMPACTED, "of spec.workflows.instances forgets instances that wait for long"));
            }
        });
        return compacted;
    }

    List<String> names() {
        return List.copyOf(topics.keySet());
    }

    /** Returns with what settings a topic is to be made; none for one that may lose records. */
    Map<String, String> settings(String topic) {
        Kept kept = topics.get(topic);
        return kept == null ? Map.of() : kept.settings();
    }

    /**
     * Returns what to say of topics that are not as they should be.
     *
     * @param policies {@code cleanup.policy} of each that is there
     */
    List<String> warnings(Map<String, String> policies) {
        List<String> warnings = new ArrayList<>();
        topics.forEach((topic, kept) -> {
            String policy = policies.getOrDefault(topic, COMPACT);
            if (!policy.equals(COMPACT)) {
                warnings.add(
                        "topic %s %s: its cleanup.policy is %s, not compact".formatted(topic, kept.loses(), policy));
            }
        });
        return warnings;
    }
}
