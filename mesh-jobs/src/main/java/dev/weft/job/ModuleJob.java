package dev.weft.job;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.function.module.KafkaEgress;
import dev.weft.function.module.KafkaIngress;
import dev.weft.function.module.ModuleFile;
import dev.weft.function.module.ModuleReader;
import dev.weft.function.module.StartPosition;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a job config of a {@code module.yaml} of Apache StateFun that is run as it is: the config names the module, and
 * has nothing of its own but a dead letter topic, {@code <name>.dead}.
 */
public final class ModuleJob {

    private ModuleJob() {}

    /** Whether a text is a module file rather than a job config, as far as one can tell. */
    public static boolean isModule(String text) {
        List<Node> documents = YamlReader.readAll("", text, Substitution.none(), new Problems());
        return !documents.isEmpty()
                && documents.get(0) instanceof Mapping root
                && (root.get("kind") instanceof Scalar kind && kind.text().startsWith("io.statefun.")
                        || root.get("version") != null && root.get("module") != null);
    }

    /**
     * Returns the text of the job config.
     *
     * @param file the module's path, as problems give it
     * @param name what the job is called
     * @param text the module's
     * @param environment where {@code ${NAME}} is looked up
     * @param problems what is wrong with the module, or cannot be had of a job of its own
     */
    public static Optional<String> of(
            String file, String name, String text, Map<String, String> environment, Problems problems) {
        return ModuleReader.read(file, text, Substitution.from(environment), problems)
                .flatMap(module -> config(file, name, module, problems));
    }

    private static Optional<String> config(String file, String name, ModuleFile module, Problems problems) {
        Set<String> servers = new LinkedHashSet<>();
        Map<String, Scalar> properties = new LinkedHashMap<>();
        Set<String> groups = new LinkedHashSet<>();
        Set<StartFrom> starts = new LinkedHashSet<>();
        int before = problems.count();
        for (KafkaIngress ingress : module.ingresses()) {
            servers.addAll(ingress.bootstrap());
            properties.putAll(ingress.properties());
            if (ingress.group() != null) {
                groups.add(ingress.group());
            }
            start(ingress, problems).ifPresent(starts::add);
            if (starts.size() > 1 || groups.size() > 1) {
                problems.add(
                        ingress.at(),
                        "another consumerGroupId or startupPosition than an ingress before",
                        "the same for all: a job reads all its topics at once");
            }
        }
        for (KafkaEgress egress : module.egresses()) {
            servers.addAll(egress.bootstrap());
            properties.putAll(egress.properties());
        }
        if (module.ingresses().isEmpty()) {
            problems.add(new Problem(
                    new Location(file, 1, 1),
                    "$",
                    "no ingress",
                    "at least one: no message would reach a function",
                    Optional.empty()));
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        StringBuilder kafka = new StringBuilder("    bootstrapServers: ").append(quoted(String.join(",", servers)));
        groups.forEach(group -> kafka.append("\n    groupId: ").append(quoted(group)));
        starts.forEach(
                start -> kafka.append("\n    startFrom: ").append(start.name().toLowerCase(Locale.ROOT)));
        if (!properties.isEmpty()) {
            kafka.append("\n    properties:");
            properties.forEach((key, value) ->
                    kafka.append("\n      ").append(quoted(key)).append(": ").append(quoted(value.text())));
        }
        return Optional.of("""
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: %s }
                spec:
                  kafka:
                %s
                  channels:
                    dead: { topic: %s.dead }
                  deadLetter: dead
                  functions:
                    - module: %s
                """.formatted(name, kafka, name, quoted(file)));
    }

    private static Optional<StartFrom> start(KafkaIngress ingress, Problems problems) {
        if (ingress.start() instanceof StartPosition.At at) {
            return Optional.of(
                    switch (at) {
                        case EARLIEST -> StartFrom.EARLIEST;
                        case LATEST -> StartFrom.LATEST;
                        case GROUP_OFFSETS -> StartFrom.COMMITTED;
                    });
        }
        problems.add(
                ingress.at(),
                "a startupPosition of offsets or of a date",
                "earliest, latest or group-offsets; or go on from a savepoint");
        return Optional.empty();
    }

    /** YAML's double quotes are those of JSON, for what stands in such names and values. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
