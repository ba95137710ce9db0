package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Problem;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.grpc.TriggerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the documents show is what the program takes, and what they link to is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @MethodSource("documents")
    void everyJobConfigShownIsValid(Path document) throws IOException {
        Matcher block = YAML_BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            if (block.group(1).contains("kind: MeshJob")) {
                assertThat(JobConfigReader.read(document.toString(), block.group(1), Map.of())
                                .problems())
                        .extracting(Problem::message)
                        .isEmpty();
            }
        }
    }

    /** A block that begins with the comment "in spec" shows some of the keys of a spec; the others are filled in. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyPartOfASpecShownIsValid(Path document) throws IOException {
        Matcher block = YAML_BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            if (block.group(1).startsWith("# in spec")) {
                String shown = block.group(1);
                String channels = """
                        channels:
                          orders: { topic: orders }
                          all: { topic: all }
                          dead: { topic: dead }
                        """;
                String part = shown.contains("channels:\n") ? shown.replace("channels:\n", channels) : channels + shown;
                String routes = part.contains("routes:") ? "" : "routes: [{ name: all, from: [orders], to: [all] }]\n";
                String spec = "deadLetter: dead\n" + part + routes;
                assertThat(JobConfigReader.read(document.toString(), Jobs.text("shown", spec), Map.of())
                                .problems())
                        .extracting(Problem::message)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTriggerShownIsTaken(Path document) throws IOException {
        TriggerReader reader = new TriggerReader(Set.of("main"), Set.of("shop", "orders"));
        Matcher block = YAML_BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            if (block.group(1).contains("scalerAddress:")) {
                Object shown = new Load(LoadSettings.builder().build()).loadFromString(block.group(1));
                triggers(shown)
                        .forEach(metadata -> assertThat(reader.read(new ScaledObjectKey("mesh", "shown"), metadata)
                                        .problems())
                                .extracting(Problem::message)
                                .isEmpty());
            }
        }
    }

    /** Returns each mapping, at whatever depth, that says where the scaler is. */
    private static Stream<Map<String, String>> triggers(Object node) {
        if (node instanceof Map<?, ?> members) {
            if (members.containsKey("scalerAddress")) {
                Map<String, String> metadata = new HashMap<>();
                members.forEach((key, value) -> metadata.put(key.toString(), value.toString()));
                return Stream.of(metadata);
            }
            return members.values().stream().flatMap(DocumentsTest::triggers);
        }
        return node instanceof List<?> items ? items.stream().flatMap(DocumentsTest::triggers) : Stream.empty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
            assertThat(document.resolveSibling(link.group(1)))
                    .as("linked from %s", document)
                    .exists();
        }
    }

    @Test
    void theReadmeShowsAJobConfig() throws IOException {
        assertThat(YAML_BLOCK
                        .matcher(Files.readString(ROOT.resolve("README.md")))
                        .results())
                .anyMatch(block -> block.group(1).contains("kind: MeshJob"));
    }

    static List<Path> documents() {
        return Stream.of(
                        ".",
                        "docs",
                        "docs/decisions",
                        "docs/benchmarks",
                        "docs/reliability",
                        "job-configs",
                        "k8s",
                        "mesh-core",
                        "filter-cep",
                        "delivery",
                        "mesh-local",
                        "mesh-testkit",
                        "mesh-jobs",
                        "queue-lag-scaler",
                        "benchmarks")
                .flatMap(folder -> markdownIn(ROOT.resolve(folder)).stream())
                .toList();
    }

    private static List<Path> markdownIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
