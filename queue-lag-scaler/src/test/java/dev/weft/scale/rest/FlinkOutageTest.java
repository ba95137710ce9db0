package dev.weft.scale.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.Reading;
import dev.weft.testkit.Await;
import dev.weft.testkit.SilentServer;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.Certificates;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.http.TlsServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a JobManager, or what stands in its place, does: a reason in time, and recovery. */
class FlinkOutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String LATE = "within 1000 ms";
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(60);

    static Stream<Arguments> outages() {
        String html = "<html><body><h1>Bad Gateway</h1></body></html>";
        String election = "{\"errors\":[\"Service temporarily unavailable due to an ongoing leader election.\"]}";
        return Stream.of(
                Arguments.of("an election", Answer.text(503, election), "ongoing leader election"),
                Arguments.of("a proxy's page", Answer.text(502, html), "no JobManager leads at the moment"),
                Arguments.of("another page", Answer.text(200, html), "does not look like a JobManager"),
                Arguments.of("nothing at all", Answer.status(200), "does not look like a JobManager"),
                Arguments.of("another server", Answer.status(404), "does not look like a JobManager"),
                Arguments.of("a wish for credentials", Answer.status(401), "wants credentials"),
                Arguments.of("half of JSON", Answer.text(200, "{\"jobs\":["), "does not look like a JobManager"),
                Arguments.of("a closed connection", Answer.close(), "did not answer"),
                Arguments.of("garbage", Answer.garbage("?!".repeat(99).getBytes(UTF_8)), "did not answer"),
                Arguments.of("a reset", Answer.resetAmid(Answer.text(200, "{}".repeat(999))), "did not answer"),
                Arguments.of("silence", Answer.never(), LATE),
                Arguments.of("slowness", Answer.text(200, "{}").after(Duration.ofSeconds(9)), LATE),
                Arguments.of(
                        "drops", Answer.text(200, " ".repeat(999) + "{}").dripping(1, Duration.ofMillis(50)), LATE),
                Arguments.of("a flood", Answer.text(200, " ".repeat(1 << 20)), "more than 100000 bytes"),
                Arguments.of("a circle", Answer.status(302).with("location", "/jobs/overview"), "jobs/overview"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void isAReasonInTimeAndThenOverWithoutARestart(String name, Answer answer, String reason) throws Exception {
        ShownJob job = new ShownJob();
        try (ScriptedServer server = ScriptedServer.recording(request -> answer)) {
            Duration limit = reason.equals(LATE) ? LIMIT : LONG;
            FlinkJobs jobs =
                    jobs(new FlinkEndpoint(server.uri(""), Optional.empty(), Optional.empty(), limit, 100_000));
            long begun = System.nanoTime();

            assertThat(unknown(read(jobs))).contains(reason);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_MOST);
            server.answerBy(job::answer);
            Await.until(
                    "the job to be known again", LONG, () -> read(jobs).value().isPresent());
        }
    }

    @Test
    void aConnectionThatNobodyAcceptsIsAReasonInTime() throws Exception {
        try (SilentServer deaf = new SilentServer()) {
            FlinkJobs jobs = jobs(
                    FlinkEndpoint.at(URI.create("http://" + deaf.address())).within(LIMIT));

            assertThat(unknown(read(jobs))).contains("did not answer /jobs/overview " + LATE);
        }
    }

    @Test
    void aPortThatIsClosedAndAHostThatIsNotAreReasons() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never())) {
            FlinkJobs jobs = jobs(FlinkEndpoint.at(server.uri("")).within(LONG));
            server.stop();

            assertThat(unknown(read(jobs))).endsWith("cannot be reached: connection refused");
        }
        FlinkEndpoint nowhere =
                FlinkEndpoint.at(URI.create("http://jobmanager.invalid:8081")).within(LONG);
        assertThat(unknown(read(jobs(nowhere)))).endsWith("cannot be reached: unknown host");
    }

    @Test
    void aRedirectToTheLeaderIsFollowedWithTheCredentials() throws Exception {
        ShownJob job = new ShownJob();
        try (ScriptedServer leader = ScriptedServer.recording(job::answer);
                ScriptedServer standby = ScriptedServer.recording(request -> Answer.status(307)
                        .with("location", leader.uri(request.target()).toString()))) {
            FlinkJobs jobs =
                    jobs(FlinkEndpoint.at(standby.uri("")).within(LONG).with(new Credentials.Basic("weft", "secret")));

            assertThat(read(jobs)).isInstanceOf(Reading.Known.class);
            assertThat(standby.requests())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).contains("Basic d2VmdDpzZWNyZXQ="));
        }
    }

    @Test
    void credentialsDoNotShowInTexts() {
        assertThat(FlinkEndpoint.at(URI.create("https://a"))
                        .with(new Credentials.Bearer("secret"))
                        .toString())
                .doesNotContain("secret");
        assertThat(new Credentials.Basic("weft", "secret").toString()).doesNotContain("secret");
        assertThat(new Credentials.Bearer("secret").header()).isEqualTo("Bearer secret");
    }

    @Test
    void aServerIsTrustedByItsAuthorityOnly(@TempDir Path folder) throws Exception {
        Certificates own = Certificates.signedByItself(folder, "own", "dns:localhost");
        Certificates client = Certificates.signedByItself(folder, "client", "dns:localhost");
        Certificates other = Certificates.signedByItself(folder, "other", "dns:localhost");
        try (TlsServer server = TlsServer.start(own.server(client), Answer.text(200, "{\"jobs\":[]}"))) {
            FlinkEndpoint endpoint = FlinkEndpoint.at(server.uri("")).within(LONG);

            assertThat(unknown(read(jobs(endpoint.with(client.server(own)))))).contains("has no job called");
            assertThat(unknown(read(jobs(endpoint.with(client.server(other))))))
                    .contains("did not answer", "certification path");
        }
    }

    private static FlinkJobs jobs(FlinkEndpoint endpoint) {
        return new FlinkJobs(Map.of("main", endpoint), () -> Instant.EPOCH);
    }

    private static Reading<JobSnapshot> read(FlinkJobs jobs) {
        return jobs.read(new JobRef("main", "shop"), Set.of("shop.in"));
    }

    private static String unknown(Reading<JobSnapshot> reading) {
        if (reading instanceof Reading.Unknown<JobSnapshot> unknown) {
            return unknown.reason();
        }
        throw new AssertionError("expected a reason, found " + reading);
    }
}
