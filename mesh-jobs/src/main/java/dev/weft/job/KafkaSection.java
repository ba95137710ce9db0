package dev.weft.job;

import dev.weft.config.ClientProperty;
import dev.weft.config.Fields;
import dev.weft.config.KafkaNames;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import dev.weft.config.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec.kafka}. */
final class KafkaSection {

    private static final Duration DISCOVER_EVERY = Duration.ofSeconds(30);

    private final Problems problems;

    KafkaSection(Problems problems) {
        this.problems = problems;
    }

    Optional<KafkaSettings> read(Fields fields, Optional<String> jobName) {
        Optional<List<String>> servers = fields.required("bootstrapServers")
                .node("host:port, or a list of them")
                .map(this::servers);
        Map<String, SecretText> properties =
                fields.optional("properties").fields().map(this::properties).orElse(Map.of());
        Optional<String> groupId = fields.optional("groupId").text();
        Optional<StartFrom> startFrom = fields.optional("startFrom").oneOf(StartFrom.class);
        Optional<Duration> discoverEvery =
                fields.optional("discoverEvery").duration(Duration.ofSeconds(1), Duration.ofDays(1));
        fields.close();
        return servers.map(known -> new KafkaSettings(
                known,
                properties,
                groupId.orElse("weft-" + jobName.orElse("")),
                startFrom.orElse(StartFrom.COMMITTED),
                discoverEvery.orElse(DISCOVER_EVERY)));
    }

    /** Kafka's own form, commas between servers, is accepted too: it is what an environment variable holds. */
    private List<String> servers(Node at) {
        List<Node> items = at instanceof Sequence sequence ? sequence.items() : List.of(at);
        List<String> servers = new ArrayList<>();
        for (Node item : items) {
            String[] texts = item instanceof Scalar scalar && scalar.value() instanceof String text
                    ? text.split(",", -1)
                    : new String[] {""};
            for (String text : texts) {
                Optional<String> server = KafkaNames.server(text.trim());
                server.ifPresent(servers::add);
                if (server.isEmpty() && !problems.concern(item)) {
                    problems.add(item, item.described(), KafkaNames.SERVER);
                }
            }
        }
        if (items.isEmpty()) {
            problems.add(at, at.described(), "at least one server: " + KafkaNames.SERVER);
        }
        return servers;
    }

    private Map<String, SecretText> properties(Fields fields) {
        Map<String, SecretText> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            String key = member.getKey();
            Node value = member.getValue();
            Optional<String> refusal = KafkaProperties.whyNotSet(key);
            if (refusal.isPresent()) {
                problems.add(fields.keyAt(key), value.path(), "the property " + key, refusal.get());
            } else if (!(value instanceof Scalar scalar) || scalar.value() == null) {
                problems.add(value, value.described(), "text, a number or a boolean");
            } else if (!problems.concern(value)) {
                ClientProperty.objection(key, scalar.text())
                        .ifPresentOrElse(
                                objection -> problems.add(value, objection.found(), objection.expected()),
                                () -> properties.put(key, new SecretText(scalar.text())));
            }
        }
        return properties;
    }
}
