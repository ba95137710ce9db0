package dev.weft.job;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.function.module.KafkaEgress;
import dev.weft.function.module.KafkaIngress;
import dev.weft.function.module.ModuleFile;
import dev.weft.function.module.ModuleReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the module files that a config names. A job reads and writes one Kafka, so what they say of theirs must be what
 * the config says; where reading begins, and in which group, the config alone says.
 */
final class ModuleFiles {

    static final String PATH = "the path of a module.yaml, from the folder of this file";

    private final Map<String, String> environment;
    private final Optional<KafkaSettings> kafka;
    private final Channels channels;
    private final Problems problems;
    private final Map<String, Node> topics = new LinkedHashMap<>();

    ModuleFiles(Map<String, String> environment, Optional<KafkaSettings> kafka, Channels channels, Problems problems) {
        this.environment = environment;
        this.kafka = kafka;
        this.channels = channels;
        this.problems = problems;
    }

    /** Returns what the file says; nothing if there was a problem. */
    Optional<ModuleFile> read(Node at) {
        return NamedFiles.text(at, environment, problems, PATH).flatMap(text -> read(((Scalar) at).text(), text));
    }

    private Optional<ModuleFile> read(String path, String text) {
        int before = problems.count();
        Optional<ModuleFile> module = ModuleReader.read(path, text, Substitution.from(environment), problems);
        module.ifPresent(this::check);
        return problems.count() > before ? Optional.empty() : module;
    }

    private void check(ModuleFile module) {
        for (KafkaIngress ingress : module.ingresses()) {
            cluster(ingress.at(), ingress.bootstrap(), ingress.properties());
            ingress.topics().forEach(this::topic);
        }
        for (KafkaEgress egress : module.egresses()) {
            cluster(egress.at(), egress.bootstrap(), egress.properties());
        }
    }

    private void cluster(Node at, List<String> bootstrap, Map<String, Scalar> properties) {
        if (kafka.isEmpty()) {
            return;
        }
        Set<String> ours = new LinkedHashSet<>(kafka.get().bootstrapServers());
        if (!ours.equals(new LinkedHashSet<>(bootstrap))) {
            problems.add(
                    at,
                    "the address " + String.join(",", bootstrap),
                    kafka.get().bootstrap() + ", as spec.kafka has it: a job has one Kafka cluster");
        }
        properties.forEach((name, value) -> {
            boolean same = Optional.ofNullable(kafka.get().properties().get(name))
                    .filter(known -> known.written().equals(value.text()))
                    .isPresent();
            if (!same) {
                problems.add(value, "the property " + name, "it in spec.kafka.properties: a job has one Kafka cluster");
            }
        });
    }

    private void topic(KafkaIngress.Topic topic) {
        Node before = topics.putIfAbsent(topic.name(), topic.at());
        if (before != null) {
            problems.add(
                    topic.at(),
                    "the topic " + topic.name() + " a second time",
                    "each topic once, with all its targets: that one stands on line "
                            + before.at().line());
        }
        channels.readable().values().stream()
                .filter(channel -> channel.topics().covers(topic.name()))
                .findFirst()
                .ifPresent(channel -> problems.add(
                        topic.at(),
                        "the topic " + topic.name() + ", which channel " + channel.name() + " has",
                        "a topic of its own: its records need be no events"));
    }
}
