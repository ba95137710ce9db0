package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "job-configs", "examples", "workflows");
    private static final String STORE_ORDER =
            EXAMPLES.resolve("store-order/job.yaml").toString();

    @ParameterizedTest
    @MethodSource("examples")
    void everyJobIsRight(Path folder) {
        Typed validated = Typed.weft("validate", folder.resolve("job.yaml").toString());

        assertThat(validated.exitCode()).as(validated.seen()).isZero();
        assertThat(validated.out()).endsWith(", 1 workflow\n");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyWorkflowCanBeDrawn(Path folder) {
        String definition = folder.resolve(folder.getFileName() + ".yaml").toString();

        assertThat(Typed.weft("graph", definition).out()).startsWith("flowchart LR\n  start(");
        assertThat(Typed.weft("graph", definition, "--format", "svg").out()).startsWith("<svg");
        assertThat(Typed.weft("graph", folder.resolve("job.yaml").toString()).out())
                .contains("[[\"" + folder.getFileName());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioIsPlayedAsItSays(Path file) {
        Typed played = Typed.weft("workflow", "test", file.toString());

        assertThat(played.exitCode()).as(played.seen()).isZero();
    }

    @Test
    void anEventIsExplained(@TempDir Path folder) throws IOException {
        Path event = Files.writeString(folder.resolve("event.json"), """
                { "specversion": "1.0", "id": "1", "source": "/shop", "type": "shop.order.placed",
                  "data": { "orderId": "o-17" } }
                """);

        assertThat(Typed.weft("explain", STORE_ORDER, "--event", event.toString())
                        .out())
                .startsWith("workflows: starts the instance ");
    }

    @Test
    void aMistakeInADefinitionIsToldWhereItIs(@TempDir Path folder) throws IOException {
        for (String file : List.of("job.yaml", "store-order.yaml")) {
            String text = Files.readString(EXAMPLES.resolve("store-order").resolve(file));
            Files.writeString(folder.resolve(file), text.replace("shipUsually }", "shipUsualy }"));
        }

        Typed validated = Typed.weft("validate", folder.resolve("job.yaml").toString());

        assertThat(validated.exitCode()).isEqualTo(ExitCodes.INPUT);
        assertThat(validated.err())
                .startsWith("store-order.yaml:")
                .contains("Did you mean \"shipUsually\"?")
                .endsWith("1 problem. Nothing was started.\n");
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.sorted().toList().stream();
        }
    }

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.getFileName().toString().contains("scenarios")).sorted().toList().stream();
        }
    }
}
