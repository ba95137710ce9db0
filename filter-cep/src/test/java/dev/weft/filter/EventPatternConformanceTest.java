package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Answers recorded from event-ruler. Each difference is one we mean, and is named here with its reason. */
class EventPatternConformanceTest {

    private static final String FILE = "event_patterns.tsv";

    private static final Map<String, Difference> DIFFERENCES = Map.of(
            "{\"a\":[{\"numeric\":[\"<=\",5,\">\",0]}]}",
            new Difference("true", "bounds may stand in any order"),
            "{\"a\":[{\"numeric\":[\"=\",9007199254740993]}]}",
            new Difference("true", "numbers are exact beyond 2^53"),
            "{\"a\":[{\"cidr\":\"10.0.0.0/32\"}]}",
            new Difference("true", "a block of one address is a block"),
            "{\"a\":[5],\"$or\":[{\"a\":[1]},{\"b\":[2]}]}",
            new Difference("rejected", "a key inside $or would silently replace the one outside"),
            "{\"a\":[{\"prefix\":\"us-\"}],\"a\":[{\"anything-but\":\"us-east\"}]}",
            new Difference("rejected", "a key that stands twice is a mistake"));

    private record Difference(String weft, String reason) {}

    private record Row(int line, String pattern, String event, String recorded) {

        static Row parse(int line, String text) {
            String[] cells = text.split("\t", -1);
            return new Row(line, cells[0], cells[1], cells[2]);
        }

        String expected() {
            Difference difference = DIFFERENCES.get(pattern);
            return difference == null ? recorded : difference.weft();
        }

        String name() {
            Difference difference = DIFFERENCES.get(pattern);
            return line + ": " + pattern + " of " + event + " is " + expected()
                    + (difference == null ? "" : ", not " + recorded + ": " + difference.reason());
        }

        String answer() {
            Written written = Written.of("{\"data\": " + pattern + "}");
            return written.isRejected()
                    ? "rejected"
                    : String.valueOf(Answers.of(written.rule(), Events.withPayload(event)) == Outcome.MATCHED);
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsRecorded() throws IOException {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name(), () -> assertThat(row.answer()).isEqualTo(row.expected())));
    }

    @Test
    void differsOnlyWhereItSaysSo() throws IOException {
        assertThat(rows().stream().map(Row::pattern).collect(Collectors.toSet()))
                .containsAll(new TreeSet<>(DIFFERENCES.keySet()));
    }

    private static List<Row> rows() throws IOException {
        Path file = conformanceFile();
        assumeTrue(file != null, "skipped: no shared/conformance/" + FILE + " beside a folder above this one");
        List<String> lines = Files.readAllLines(file);
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .filter(i -> !lines.get(i).startsWith("#"))
                .map(i -> Row.parse(i + 1, lines.get(i)))
                .toList();
    }

    private static @Nullable Path conformanceFile() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve("conformance").resolve(FILE);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }
}
