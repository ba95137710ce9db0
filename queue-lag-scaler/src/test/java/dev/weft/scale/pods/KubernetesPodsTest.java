package dev.weft.scale.pods;

import static dev.weft.scale.pods.ShownPods.SELECTOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.lag.Reading;
import dev.weft.scale.pods.KubernetesPods.Selection;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.Certificates;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.http.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesPodsTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String LATE = "within 1000 ms";
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ShownPods shown = new ShownPods().with("tm-a").with("tm-b").with("tm-c");

    @TempDir
    private Path folder;

    private ScriptedServer server;
    private KubernetesPods pods;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("token"), "first\n");
        Files.writeString(folder.resolve("namespace"), "shop");
        server = ScriptedServer.recording(shown::answer);
        pods = pods(server.uri(""), LONG);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void podsWithoutTasksGoFirstAndNothingElseIsChanged() {
        assertThat(mark("tm-b")).isEqualTo(new Reading.Known<>(2));

        assertThat(shown.cost("tm-a")).isEqualTo("-1000");
        assertThat(shown.cost("tm-b")).isEmpty();
        assertThat(shown.cost("tm-c")).isEqualTo("-1000");
        assertThat(shown.annotations("tm-a").path("example.com/mine").asText()).isEqualTo("kept");
    }

    @Test
    void whatIsRightIsNotWrittenAgain() {
        mark("tm-b");

        assertThat(mark("tm-b")).isEqualTo(new Reading.Known<>(0));
        assertThat(patches()).hasSize(2);
    }

    @Test
    void aPodThatHasTasksAgainIsTakenBackFirst() {
        mark("tm-b");

        assertThat(mark("tm-a")).isEqualTo(new Reading.Known<>(2));
        assertThat(patches().subList(2, 4))
                .extracting(ReceivedRequest::target)
                .extracting(target -> target.replaceFirst(".*/", ""))
                .containsExactly("tm-a", "tm-b");
        assertThat(shown.annotations("tm-a").has("controller.kubernetes.io/pod-deletion-cost"))
                .isFalse();
        assertThat(shown.cost("tm-b")).isEqualTo("-1000");
    }

    @Test
    void aPodThatIsGoneMeanwhileDoesNotMatter() {
        server.answerBy(request -> {
            Answer answer = shown.answer(request);
            shown.pods.remove("tm-a");
            return answer;
        });

        assertThat(mark("tm-b")).isEqualTo(new Reading.Known<>(2));
        assertThat(shown.cost("tm-c")).isEqualTo("-1000");
    }

    @Test
    void onlyMetadataAreAskedForAndTheTokenIsReadAnew() throws IOException {
        mark("tm-b");
        Files.writeString(folder.resolve("token"), "second\n");
        mark("tm-b");

        List<ReceivedRequest> requests = server.requests();
        assertThat(requests.get(0).header("Accept").orElseThrow()).contains("as=PartialObjectMetadataList");
        assertThat(requests.get(0).header("Authorization")).contains("Bearer first");
        assertThat(requests.get(requests.size() - 1).header("Authorization")).contains("Bearer second");
    }

    @Test
    void taskManagersThatAreNotCalledAsTheirPodsAreAMistakeThatIsNamed() {
        assertThat(unknown(mark("10.0.0.7:6122-ab12")))
                .isEqualTo(
                        "found 3 Pods with app=orders in namespace shop, and none that is called as one of the"
                                + " TaskManagers [10.0.0.7:6122-ab12]; expected taskmanager.resource-id to be the name of the Pod");
        assertThat(patches()).isEmpty();
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheApiServer() {
        String words =
                "pods is forbidden: User \"system:serviceaccount:shop:weft-scaler\" cannot list resource \"pods\"";
        server.answerBy(request -> Answer.text(403, ShownPods.status(403, words)));

        assertThat(unknown(mark("tm-b")))
                .isEqualTo("the API server answered 403 to GET /api/v1/namespaces/shop/pods: " + words);
    }

    @Test
    void whatMayBeReadAndNotWrittenIsAReason() {
        server.answerBy(request -> request.method().equals("PATCH")
                ? Answer.text(403, ShownPods.status(403, "cannot patch resource"))
                : shown.answer(request));

        assertThat(unknown(mark("tm-b")))
                .isEqualTo(
                        "the API server answered 403 to PATCH /api/v1/namespaces/shop/pods/tm-a: cannot patch resource");
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of("a page", Answer.text(200, "<html></html>"), "does not look like an API server"),
                Arguments.of("nothing at all", Answer.status(200), "does not look like an API server"),
                Arguments.of("a token that is too old", Answer.status(401), "answered 401"),
                Arguments.of("too many requests", Answer.status(429), "answered 429"),
                Arguments.of("a redirect", Answer.status(302).with("location", "/elsewhere"), "answered 302"),
                Arguments.of("a failure", Answer.text(500, "?"), "answered 500"),
                Arguments.of("a closed connection", Answer.close(), "did not answer"),
                Arguments.of("garbage", Answer.garbage("?!".repeat(99).getBytes(UTF_8)), "did not answer"),
                Arguments.of("a reset", Answer.resetAmid(Answer.text(200, "{}".repeat(999))), "did not answer"),
                Arguments.of("silence", Answer.never(), LATE),
                Arguments.of(
                        "drops", Answer.text(200, " ".repeat(999) + "{}").dripping(1, Duration.ofMillis(50)), LATE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anOutageIsAReasonInTimeAndThenOver(String name, Answer answer, String reason) {
        KubernetesPods hasty = pods(server.uri(""), reason.equals(LATE) ? LIMIT : LONG);
        server.answerBy(request -> answer);
        long begun = System.nanoTime();

        assertThat(unknown(hasty.mark("main", Set.of("tm-b")))).contains(reason).doesNotContain("first");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_MOST);
        server.answerBy(shown::answer);
        assertThat(pods.mark("main", Set.of("tm-b")).value()).isPresent();
    }

    @Test
    void aConnectionThatNobodyAcceptsIsAReasonInTime() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KubernetesPods hasty = pods(URI.create("http://127.0.0.1:" + deaf.getLocalPort()), LIMIT);

            assertThat(unknown(hasty.mark("main", Set.of("tm-b")))).contains(LATE);
        }
    }

    @Test
    void aPortThatIsClosedIsAReason() throws InterruptedException {
        server.stop();

        assertThat(unknown(mark("tm-b"))).contains("the API server http://127.0.0.1:", "did not answer");
    }

    @Test
    void theAuthoritiesOfTheApiServerAreReadAnew() throws Exception {
        Certificates own = Certificates.signedByItself(folder, "own", "dns:localhost");
        Certificates other = Certificates.signedByItself(folder, "other", "dns:localhost");
        Answer.Reply one = Answer.text(200, "{\"items\":[{\"metadata\":{\"name\":\"tm-b\"}}]}");
        try (TlsServer secured = TlsServer.start(own.server(other), one)) {
            KubernetesPods over = pods(secured.uri(""), LONG);
            Files.copy(other.certificate(), folder.resolve("ca.crt"));
            assertThat(unknown(over.mark("main", Set.of("tm-b")))).contains("did not answer", "certification path");

            Files.writeString(folder.resolve("ca.crt"), Files.readString(own.certificate()));
            assertThat(over.mark("main", Set.of("tm-b"))).isEqualTo(new Reading.Known<>(0));
        }
    }

    @Test
    void whoeverIsNotInAPodIsToldSo() throws IOException {
        Selection orders = new Selection(Optional.of("shop"), SELECTOR);
        KubernetesPods outside = new KubernetesPods(
                Map.of("main", orders),
                new ServiceAccount(ServiceAccount.from(Map.of()).server(), folder),
                LIMIT);

        assertThat(unknown(outside.mark("main", Set.of("tm-b")))).contains("found no KUBERNETES_SERVICE_HOST");
        Files.delete(folder.resolve("token"));
        assertThat(unknown(mark("tm-b"))).contains("expected automountServiceAccountToken: true");
    }

    @Test
    void theAddressIsThatOfThePodsEnvironment() {
        assertThat(ServiceAccount.from(
                                Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "6443"))
                        .server())
                .contains(URI.create("https://10.96.0.1:6443"));
        assertThat(ServiceAccount.from(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1"))
                        .server())
                .contains(URI.create("https://[fd00::1]:443"));
    }

    @Test
    void clustersWithoutPodsAreNotKept() {
        assertThat(pods.keeps("main")).isTrue();
        assertThat(pods.keeps("other")).isFalse();
        assertThat(unknown(pods.mark("other", Set.of("tm-b")))).contains("nobody looks after the Pods");
    }

    private Reading<Integer> mark(String... used) {
        return pods.mark("main", Set.of(used));
    }

    private List<ReceivedRequest> patches() {
        return server.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
    }

    private KubernetesPods pods(URI address, Duration within) {
        return new KubernetesPods(
                Map.of("main", new Selection(Optional.empty(), SELECTOR)),
                new ServiceAccount(Optional.of(address), folder),
                within);
    }

    private static String unknown(Reading<Integer> reading) {
        if (reading instanceof Reading.Unknown<Integer> unknown) {
            return unknown.reason();
        }
        throw new AssertionError("expected a reason, found " + reading);
    }
}
