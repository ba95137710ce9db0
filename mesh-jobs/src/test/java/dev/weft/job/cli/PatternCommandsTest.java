package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees who tries patterns without a job. */
class PatternCommandsTest {

    private static final String EXAMPLES = "../job-configs/examples/patterns/";
    private static final String PATTERNS = "../job-configs/examples/patterns.yaml";
    private static final String ORDERS = EXAMPLES + "unpaid-order.events.jsonl";
    private static final String LOGINS = EXAMPLES + "guessed-password.events.jsonl";

    @ParameterizedTest
    @MethodSource
    void everyExampleFindsWhatItShould(String name) {
        String config = name.startsWith("github-") ? "github-patterns.yaml" : "patterns.yaml";
        Typed weft = Typed.weft(
                "cep",
                "test",
                "../job-configs/examples/" + config,
                EXAMPLES + name + ".events.jsonl",
                EXAMPLES + name + ".expected.yaml");

        assertThat(weft.exitCode()).as(weft.out() + weft.err()).isZero();
        assertThat(weft.out()).contains("passed: ").doesNotContain("passed: 0");
    }

    static List<String> everyExampleFindsWhatItShould() throws IOException {
        String ending = ".expected.yaml";
        try (Stream<Path> files = Files.list(Path.of(EXAMPLES))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .map(file -> file.substring(0, file.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void commandsAnswerAsKept(String name, String[] args) throws IOException {
        Golden.matches(name, Typed.weft(args).seen());
    }

    static Stream<Arguments> commandsAnswerAsKept() {
        return Stream.of(
                kept("help-cep-test", "cep", "test", "--help"),
                kept("cep-test-found", "cep", "test", PATTERNS, EXAMPLES + "p1-sla.events.jsonl"),
                kept("cep-test-passed", "cep", "test", PATTERNS, ORDERS, EXAMPLES + "unpaid-order.expected.yaml"),
                kept("cep-test-other", "cep", "test", PATTERNS, ORDERS, Typed.file("patterns-expected-other.yaml")),
                kept(
                        "cep-test-other-json",
                        "cep",
                        "test",
                        PATTERNS,
                        ORDERS,
                        Typed.file("patterns-expected-other.yaml"),
                        "--output",
                        "json"),
                kept(
                        "cep-test-until",
                        "cep",
                        "test",
                        PATTERNS,
                        ORDERS,
                        EXAMPLES + "unpaid-order.expected.yaml",
                        "--until",
                        "2026-11-21T09:16:00Z"),
                kept("cep-test-wrong", "cep", "test", PATTERNS, ORDERS, Typed.file("patterns-expected-wrong.yaml")),
                kept("cep-test-wrong-patterns", "cep", "test", Typed.file("patterns-wrong.yaml"), ORDERS),
                kept("cep-test-no-time", "cep", "test", PATTERNS, Typed.file("events-without-time.jsonl")),
                kept("explain-pattern", story("guessed-password", "acme/bob", LOGINS)),
                kept("explain-pattern-until", story("guessed-password", "acme/eve", LOGINS)),
                kept(
                        "explain-pattern-silence",
                        story("back-after-silence", "/devices/a", EXAMPLES + "back-after-silence.events.jsonl")),
                kept("explain-pattern-open", story("unpaid-order", "o-4", ORDERS, "--until", "2026-11-21T09:22:00Z")),
                kept("explain-pattern-json", story("guessed-password", "acme/bob", LOGINS, "--output", "json")),
                kept("explain-pattern-no-key", story("unpaid-order", "o4", ORDERS)),
                kept("explain-pattern-no-pattern", story("unpaid-orders", "o-4", ORDERS)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            explain x --event e --key k                     | weft explain: --key and --until belong to --pattern
            explain x --event e --pattern p                 | weft explain: --pattern needs --key, and goes with neither --channel nor --running
            explain x --event e --event f                   | weft explain: routes are asked of one --event at a time
            explain - --event - --pattern p --key k         | weft explain: only one of the job config and the event can be -
            cep test - -                                    | weft cep test: only one of the files can be -
            """)
    void whatIsTypedWrongIsSaidOnOneLine(String typed, String said) {
        Typed weft = Typed.weft(typed.split(" "));

        assertThat(weft).isEqualTo(new Typed(2, "", said + System.lineSeparator()));
    }

    @Test
    void thePatternsOfAJobConfigAreTriedToo() throws IOException {
        String job = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: shop }
                spec:
                  kafka: { bootstrapServers: "localhost:9092" }
                  channels: { orders: { topic: orders }, alerts: { topic: alerts }, dead: { topic: dead } }
                  deadLetter: dead
                  patterns:
                    - id: unpaid-order
                      from: [orders]
                      to: [alerts]
                      partitionBy: subject
                      within: 15m
                      sequence:
                        - { step: placed, where: { type: [shop.order.placed] } }
                        - { step: settled, where: { type: [shop.order.paid, shop.order.cancelled] }, absent: true }
                      emit:
                        type: shop.order.unpaid
                        subject: ${placed.subject}
                        data: { total: "${placed.data.total}", due: "${deadline}" }
                """;

        Typed weft =
                Typed.in(Path.of("nowhere"), job, "cep", "test", "-", ORDERS, EXAMPLES + "unpaid-order.expected.yaml");

        assertThat(weft.exitCode()).as(weft.out() + weft.err()).isZero();
    }

    @Test
    void theDocumentShowsWhatIsPrintedAndWhatIsRead() throws IOException {
        String document = Files.readString(Path.of("../docs/patterns.md"));
        Typed story = Typed.weft(story("guessed-password", "acme/bob", LOGINS));

        assertThat(document).contains(story.out().replace(System.lineSeparator(), "\n"));

        String expected = document.substring(document.indexOf("exactly: true"));
        String shown = expected.substring(0, expected.indexOf("```"));
        Typed test = Typed.in(Path.of("nowhere"), shown, "cep", "test", PATTERNS, ORDERS, "-");
        assertThat(test.err()).isEmpty();
        assertThat(test.out()).contains("1 of 1 expected event came, and 1 not expected");
    }

    private static String[] story(String pattern, String key, String events, String... more) {
        return Stream.concat(
                        Stream.of("explain", PATTERNS, "--pattern", pattern, "--key", key, "--event", events),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static Arguments kept(String name, String... args) {
        return Arguments.of(name, args);
    }
}
