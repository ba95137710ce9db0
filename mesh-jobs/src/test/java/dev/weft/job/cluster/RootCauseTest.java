package dev.weft.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RootCauseTest {

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void theInnermostCauseIsSaidInOneSentence(String trace, String sentence) {
        assertThat(RootCause.of(trace)).isEqualTo(sentence);
    }

    static Stream<Arguments> theInnermostCauseIsSaidInOneSentence() {
        return Stream.of(
                Arguments.of(
                        "java.lang.IllegalStateException: no topic\n\tat a.B.c(B.java:1)",
                        "IllegalStateException: no topic"),
                Arguments.of(
                        "org.x.JobException: Recovery is suppressed\n\tat a.B.c(B.java:1)\nCaused by: "
                                + "org.apache.kafka.common.errors.TimeoutException: Timed out waiting\n\t... 3 more",
                        "TimeoutException: Timed out waiting"),
                Arguments.of(
                        "a.b.C: x\nCaused by: org.x.SerializedThrowable: org.y.ConfigException: No url given\n\tat z",
                        "ConfigException: No url given"),
                Arguments.of(
                        "<Exception on server side:\norg.x.RestHandlerException: wrong\n\tat q\nCaused by: "
                                + "a.b.Outer$Inner: deep\n\tat q\n\nEnd of exception on server side>",
                        "Inner: deep"),
                Arguments.of(
                        "a.SchemeException: no file system for nowhere\n\tat q\nCaused by: a.SchemeException: no Hadoop",
                        "SchemeException: no file system for nowhere"),
                Arguments.of("java.lang.NullPointerException\n\tat a.B.c(B.java:1)", "NullPointerException"),
                Arguments.of("Job 0123 not found", "Job 0123 not found"),
                Arguments.of("", "no reason given"));
    }
}
