package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobConfigFilesTest {

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRead(String file) throws IOException {
        Checked<JobConfig> config = read(file);
        assertThat(config.problems()).extracting(Problem::message).isEmpty();
        JobConfig read = config.value().orElseThrow();
        assertThat(read.routes().size()
                        + read.patterns().size()
                        + read.functions().ingress().size())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidFileHasItsExactMessage(String file) throws IOException {
        String expected = JobConfigFiles.text(file.replace(".yaml", ".txt"));
        assertThat(JobConfigFiles.report(read(file).problems())).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidFileShowsAFewMistakesOfOneKind(String file) throws IOException {
        assertThat(read(file).problems()).hasSizeBetween(1, 4);
    }

    @Test
    void thereAreAtLeastThirtyKindsOfMistakes() {
        assertThat(invalid()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void theGitHubExampleRoutesByEveryOperator() throws IOException {
        String text = JobConfigFiles.text("examples/github.yaml");
        List<String> operators = List.of(
                "exactly:",
                "prefix:",
                "suffix:",
                "equals-ignore-case:",
                "wildcard:",
                "anything-but:",
                "numeric:",
                "exists: true",
                "exists: false",
                "cidr:",
                "$or:",
                "all:",
                "[null]",
                "[true]");
        assertThat(operators).allSatisfy(operator -> assertThat(text).contains(operator));
        assertThat(read("examples/github.yaml").value().orElseThrow().routes()).hasSizeGreaterThanOrEqualTo(12);
    }

    static Stream<String> examples() {
        return JobConfigFiles.in("examples");
    }

    static Stream<String> invalid() {
        return JobConfigFiles.in("invalid");
    }

    private static Checked<JobConfig> read(String file) throws IOException {
        return JobConfigReader.read(file, JobConfigFiles.text(file), Map.of());
    }
}
