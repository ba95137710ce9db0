package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.WrittenPatterns;
import dev.weft.config.Location;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessionTest {

    private static final String RUNNING = """
            id: p
            version: 2
            partitionBy: source
            within: 10m
            sequence:
              - { step: a, where: { type: [A] }, times: 2 }
              - { step: b, where: { type: [B] }, when: "data.n > sum(a.data.n)" }
            emit: { type: found }
            """;

    @ParameterizedTest(name = "{0} becomes {1}: can be kept {2}")
    @CsvSource(delimiter = '|', textBlock = """
            type: [A]           | type: [A, C]              | true
            sum(a.data.n)       | 2 * sum(a.data.n)         | true
            type: found         | type: seen                | true
            sum(a.data.n)       | sum(a.data.m)             | false
            step: b             | step: c                   | false
            times: 2            | times: 3                  | false
            within: 10m         | within: 9m                | false
            partitionBy: source | partitionBy: subject      | false
            """)
    void keepsPartialMatchesThatMeanTheSame(String from, String to, boolean keeps) {
        Pattern next =
                WrittenPatterns.one(RUNNING.replace(from, to).replace("version: 2", "version: 3\nonUpdate: keep"));
        List<String> messages = messages(next);
        if (keeps) {
            assertThat(messages).isEmpty();
        } else {
            assertThat(messages)
                    .containsExactly("job.yaml:1:1: $: found onUpdate: keep of the pattern \"p\", whose steps,"
                            + " times or kept fields are not those of version 2, expected drop or drain: what began under the old"
                            + " version would be read as something else");
        }
    }

    @Test
    void refusesAVersionThatDoesNotGrow() {
        assertThat(messages(WrittenPatterns.one(RUNNING)))
                .containsExactly("job.yaml:1:1: $: found version 2 of the pattern \"p\", of which version 2 runs,"
                        + " expected a version from 3");
    }

    private static List<String> messages(Pattern next) {
        Problems problems = new Problems();
        Scalar at = new Scalar(new Location("job.yaml", 1, 1), "$", "p", "p");
        Succession.check(WrittenPatterns.one(RUNNING), next, at, problems);
        return problems.inReadingOrder().stream().map(Problem::message).toList();
    }
}
