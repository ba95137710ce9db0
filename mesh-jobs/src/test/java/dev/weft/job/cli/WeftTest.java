package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who types a command that starts nothing. */
class WeftTest {

    @TempDir
    private Path folder;

    @Test
    void withoutACommandItSaysWhichThereAre() throws Exception {
        Golden.matches("weft", Typed.weft().seen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "run",
                "validate",
                "explain",
                "cep",
                "graph",
                "import",
                "new",
                "send",
                "tail",
                "submit",
                "k8s",
                "apply",
                "diff",
                "rules",
                "pause",
                "resume",
                "status",
                "audit",
                "savepoint",
                "stop",
                "cancel"
            })
    void everyCommandShowsHowToUseIt(String command) throws Exception {
        Golden.matches("help-" + command, Typed.weft(command, "--help").seen());
    }

    @Test
    void everyCommandHasAnExample() {
        Weft.commandLine(Typed.shell())
                .getSubcommands()
                .forEach((name, command) -> assertThat(String.join(
                                "\n", command.getCommandSpec().usageMessage().footer()))
                        .as(name)
                        .contains("  weft " + name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            validat x           | weft: unknown command "validat". Did you mean validate? See: weft --help
            frobnicate          | weft: unknown command "frobnicate". See: weft --help
            tail --fro latest x | weft tail: unknown option "--fro". Did you mean --from? See: weft tail --help
            status a b          | weft status: unknown argument "b". See: weft status --help
            validate            | weft validate: Missing required parameter: 'FILE'. See: weft validate --help
            demo --for 20       | weft demo: Invalid value for option '--for': found "20", expected a duration such as 10s, 1m30s, 500ms, 1h or 2d. See: weft demo --help
            explain x           | weft explain: Missing required option: '--event=FILE'. See: weft explain --help
            """)
    void whatIsTypedWrongIsSaidOnOneLine(String typed, String said) {
        Typed weft = Typed.weft(typed.split(" "));

        assertThat(weft).isEqualTo(new Typed(2, "", said + System.lineSeparator()));
    }

    @ParameterizedTest
    @MethodSource
    void commandsAnswerAsKept(String name, String[] args) throws Exception {
        Golden.matches(name, Typed.weft(args).seen());
    }

    static Stream<Arguments> commandsAnswerAsKept() {
        String shop = Typed.file("shop.yaml");
        String order = Typed.file("order.json");
        return Stream.of(
                kept("validate-right", "validate", shop),
                kept("validate-wrong", "validate", shop, Typed.file("wrong.yaml"), "missing.yaml"),
                kept("validate-json", "validate", "--output", "json", Typed.file("wrong.yaml")),
                kept("explain", "explain", shop, "--event", order),
                kept("explain-channel", "explain", shop, "--event", order, "--channel", "payments"),
                kept("explain-json", "explain", shop, "--event", order, "--output", "json"),
                kept("explain-transform", "explain", Typed.file("transforms.yaml"), "--event", order),
                kept(
                        "explain-transform-json",
                        "explain",
                        Typed.file("transforms.yaml"),
                        "--event",
                        order,
                        "--output",
                        "json"),
                kept("explain-steps", "explain", Typed.file("steps.yaml"), "--event", order),
                kept("explain-steps-json", "explain", Typed.file("steps.yaml"), "--event", order, "--output", "json"),
                kept("graph-steps", "graph", Typed.file("steps.yaml")),
                kept("graph-transform", "graph", Typed.file("transforms.yaml")),
                kept("explain-no-channel", "explain", shop, "--event", order, "--channel", "order"),
                kept("explain-not-an-event", "explain", shop, "--event", Typed.file("not-an-event.json")),
                kept("explain-not-json", "explain", shop, "--event", shop),
                kept("diff", "diff", Typed.file("live.yaml"), Typed.file("live-changed.yaml")),
                kept("diff-json", "diff", Typed.file("live.yaml"), Typed.file("live-changed.yaml"), "--output", "json"),
                kept("diff-same", "diff", shop, shop),
                kept("pause-no-control", "pause", shop, "billing"),
                kept("pause-nothing", "pause", shop),
                kept("apply-fixed-rules", "apply", shop),
                kept("graph-mermaid", "graph", shop),
                kept("graph-svg", "graph", shop, "--format", "svg"),
                kept("import-eventbridge", "import", "eventbridge", Typed.file("eventbridge.json")),
                kept(
                        "import-eventbridge-job",
                        "import",
                        "eventbridge",
                        Typed.file("eventbridge.json"),
                        "--job",
                        "shop"),
                kept("import-lost", "import", "eventbridge", Typed.file("eventbridge-lost.json")),
                kept("import-partial", "import", "eventbridge", Typed.file("eventbridge-lost.json"), "--partial"),
                kept("import-wrong", "import", "eventbridge", Typed.file("eventbridge-wrong.json")),
                kept("import-place", "import", "eventbridge", "x", "--map", "acount=a"),
                kept("import-eventmesh", "import", "eventmesh", Typed.file("eventmesh.json")),
                kept("import-knative", "import", "knative", Typed.file("triggers.yaml")),
                kept("import", "import"),
                kept("help-import-eventbridge", "import", "eventbridge", "--help"),
                kept("help-import-eventmesh", "import", "eventmesh", "--help"),
                kept("help-import-knative", "import", "knative", "--help"),
                kept("send-nothing", "send", "orders", "--config", shop),
                kept("send-no-channel", "send", "order", "--config", shop, "--type", "t"),
                kept("tail-nowhere", "tail", "orders"),
                kept("status-nowhere", "status"),
                kept("status-no-address", "status", "--jobmanager", "flink 1"),
                kept("submit-no-jar", "submit", shop, "--jobmanager", "http://127.0.0.1:1", "--job-jar", "no.jar"));
    }

    @Test
    void aPictureIsWrittenWhereItIsWanted() throws Exception {
        Path picture = folder.resolve("shop.svg");

        Typed weft = Typed.weft("graph", Typed.file("shop.yaml"), "--output", picture.toString());

        assertThat(weft).isEqualTo(new Typed(0, "", ""));
        assertThat(Files.readString(picture)).startsWith("<svg").endsWith("</svg>\n");
    }

    @Test
    void whatIsImportedIsWrittenWhereItIsWantedAndIsValid() throws Exception {
        Path job = folder.resolve("job.yaml");
        String manifest = Files.readString(Path.of(Typed.file("triggers.yaml")));

        Typed weft = Typed.in(folder, manifest, "import", "knative", "-", "--job", "shop", "--output", job.toString());

        assertThat(weft.exitCode()).isZero();
        assertThat(weft.out()).isEmpty();
        assertThat(weft.err()).contains("<stdin>:").endsWith("0 not carried over." + System.lineSeparator());
        assertThat(Typed.weft("validate", job.toString()).exitCode()).isZero();
    }

    @Test
    void theStandardInputIsAFileToo() throws Exception {
        String config = Files.readString(Path.of(Typed.file("shop.yaml")));

        Typed weft = Typed.in(folder, config, "validate", "-");

        assertThat(weft.out()).isEqualTo("<stdin>: ok: 5 channels, 2 routes" + System.lineSeparator());
    }

    @Test
    void problemsForScriptsAreJson() throws Exception {
        Typed weft = Typed.weft("validate", "--output", "json", Typed.file("wrong.yaml"));

        JsonNode problems = Json.MAPPER.readTree(weft.out());
        assertThat(weft.exitCode()).isEqualTo(2);
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.path("line").asInt()).isPositive());
    }

    @Test
    void theVersionNamesWhatItRunsOn() {
        assertThat(Typed.weft("--version").out()).matches("weft \\d.* \\(Flink 2\\..*, Kafka 4\\..*, Java .*\\)\\R");
    }

    private static Arguments kept(String name, String... args) {
        return Arguments.of(name, args);
    }
}
