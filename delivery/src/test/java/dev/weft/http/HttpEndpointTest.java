package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.SecretText;
import dev.weft.http.CallFailure.Kind;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void postsTheMessageAndGivesTheAnswer() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(
                        request -> Answer.text(202, "taken").with("X-Seen", "yes"));
                HttpEndpoint endpoint = Calls.open(patient(server, "/events?shop=1"))) {
            HttpReply reply = Calls.reply(endpoint);

            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.body()).asString().isEqualTo("taken");
            assertThat(reply.header("x-seen")).contains("yes");
            ReceivedRequest request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/events?shop=1");
            assertThat(request.header("host")).contains("127.0.0.1:" + server.port());
            assertThat(request.header("ce-id")).contains("1");
            assertThat(request.body()).asString().isEqualTo("body");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 429, 503})
    void everyStatusIsAnAnswer(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(status));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(status);
        }
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            for (int i = 0; i < 20; i++) {
                Calls.reply(endpoint);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void opensAnotherConnectionWhereTheServerWantsNoMoreOverOne() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> Answer.status(204).with("Connection", "close"));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            Calls.reply(endpoint);
            Calls.reply(endpoint);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void doesNotTrustAConnectionLongerThanTheServerSays() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> Answer.status(204).with("Keep-Alive", "timeout=1"));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            Calls.reply(endpoint);
            Calls.reply(endpoint);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("closed without an answer", Answer.close(), Kind.BROKEN),
                Arguments.of(
                        "garbage",
                        Answer.garbage("\1\2 garbage\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
                        Kind.BROKEN),
                Arguments.of("a reset in mid-body", Answer.resetAmid(Answer.text(200, "x".repeat(999))), Kind.BROKEN),
                Arguments.of("a body that is too large", Answer.text(200, "x".repeat(1001)), Kind.TOO_LARGE),
                Arguments.of(
                        "a head that is too large",
                        Answer.status(200).with("X-Long", "x".repeat(40_000)),
                        Kind.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void tellsFailuresApart(String name, Answer answer, Kind kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> answer);
                HttpEndpoint endpoint =
                        Calls.open(HttpSettings.of(server.uri("/")).within(LONG, LONG, 64, 1000))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(kind);
            assertThat(server.requests()).as("one call is one request").hasSize(1);
        }
    }

    static Stream<Arguments> slowness() {
        return Stream.of(
                Arguments.of("no answer", Answer.never()),
                Arguments.of(
                        "a body that drips",
                        Answer.text(200, "x".repeat(10_000)).dripping(1, Duration.ofMillis(20))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slowness")
    void givesUpWhenTheTimeIsUpAndGoesOn(String name, Answer slow) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> slow);
                HttpEndpoint endpoint =
                        Calls.open(HttpSettings.of(server.uri("/")).within(Duration.ofSeconds(1), LONG, 64, 100_000))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.TIMEOUT);

            server.answerBy(request -> Answer.status(204));
            // A second is little on a machine that is busy.
            Await.until("an answer", LONG, () -> Calls.call(endpoint) instanceof HttpReply);
            assertThat(server.connections()).isGreaterThan(1);
        }
    }

    @Test
    void stopsReadingAnAnswerThatGrowsTooLarge() throws Exception {
        Answer endless = Answer.text(200, "x".repeat(100_000)).with("X", "y").dripping(1000, Duration.ofMillis(1));
        try (ScriptedServer server = ScriptedServer.recording(request -> endless);
                HttpEndpoint endpoint =
                        Calls.open(HttpSettings.of(server.uri("/")).within(LONG, LONG, 64, 50_000))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void saysThatNobodyTakesTheConnection() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            try (HttpEndpoint endpoint = Calls.open(HttpSettings.of(uri))) {
                assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.CONNECT);
            }
        }
    }

    @Test
    void saysThatANameIsNotKnown() throws Exception {
        HttpSettings settings =
                HttpSettings.of(URI.create("http://nobody.invalid/")).within(LONG, LONG, 1, 1);
        try (HttpEndpoint endpoint = Calls.open(settings)) {
            CallFailure failure = Calls.failure(endpoint);

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.detail()).isEqualTo("the name nobody.invalid is not known");
        }
    }

    @Test
    void givesUpAHandshakeThatIsNeverAnswered() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            HttpSettings settings = HttpSettings.of(URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/"))
                    .within(LONG, SHORT, 1, 1);
            try (HttpEndpoint endpoint = Calls.open(settings)) {
                CallFailure failure = Calls.failure(endpoint);

                assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
                assertThat(failure.detail()).isEqualTo("127.0.0.1 took no connection within 200 ms");
            }
        }
    }

    @Test
    void holdsAThousandCallsOnAFewThreads() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> Answer.status(204).after(Duration.ofMillis(500)));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            List<CompletableFuture<CallResult>> results = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                results.add(Calls.begin(endpoint));
            }
            Await.until("all to arrive", LONG, () -> server.requests().size() == 1000);
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("weft-http"))
                    .count();
            for (CompletableFuture<CallResult> result : results) {
                assertThat(Calls.await(result)).isInstanceOf(HttpReply.class);
            }

            assertThat(threads).isLessThanOrEqualTo(4 + 16);
        }
    }

    @Test
    void closingGivesUpWhatIsUnderWay() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never())) {
            HttpEndpoint endpoint = Calls.open(patient(server, "/"));
            CompletableFuture<CallResult> result = Calls.begin(endpoint);
            Await.until("the request", LONG, () -> !server.requests().isEmpty());

            endpoint.close();

            assertThat(((CallFailure) Calls.await(result)).kind()).isEqualTo(Kind.CLOSED);
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.CLOSED);
        }
    }

    @Test
    void goesOnWhenTheServerIsBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204));
                HttpEndpoint endpoint = Calls.open(patient(server, "/"))) {
            Calls.reply(endpoint);
            server.stop();
            Await.until(
                    "the end of the connection",
                    LONG,
                    () -> Calls.failure(endpoint).kind() == Kind.CONNECT);

            server.start();

            assertThat(Calls.reply(endpoint).status()).isEqualTo(204);
        }
    }

    static Stream<Arguments> auths() {
        SecretText secret = new SecretText("${env:KEY}");
        return Stream.of(
                Arguments.of(new HttpAuth.Bearer(secret), "authorization", "Bearer s3cret", "/"),
                Arguments.of(
                        new HttpAuth.Basic(new SecretText("shop"), secret),
                        "authorization",
                        "Basic c2hvcDpzM2NyZXQ=",
                        "/"),
                Arguments.of(new HttpAuth.HeaderKey("X-Api-Key", secret), "x-api-key", "s3cret", "/"),
                Arguments.of(new HttpAuth.QueryKey("key", secret), "x-shop", "main", "/?key=s3cret"));
    }

    @ParameterizedTest
    @MethodSource("auths")
    void sendsCredentials(HttpAuth auth, String header, String value, String target) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            HttpSettings settings = patient(server, "/").sending(Map.of("X-Shop", new SecretText("main")), auth);
            try (HttpEndpoint endpoint = Calls.open(settings, AddressPolicy.open(), Map.of("KEY", "s3cret"))) {
                Calls.reply(endpoint);
            }

            assertThat(server.requests().get(0).header(header)).contains(value);
            assertThat(server.requests().get(0).target()).isEqualTo(target);
            assertThat(settings.toString()).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\r\nlines"})
    void sendsNothingWhereASecretCannotBeUsed(String secret) throws Exception {
        Map<String, String> environment = secret.isEmpty() ? Map.of() : Map.of("KEY", secret);
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204));
                HttpEndpoint endpoint = Calls.open(
                        patient(server, "/").sending(Map.of(), new HttpAuth.Bearer(new SecretText("${env:KEY}"))),
                        AddressPolicy.open(),
                        environment)) {
            CallFailure failure = Calls.failure(endpoint);

            assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
            assertThat(failure.detail()).contains("${env:KEY}").doesNotContain("lines");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesAddressesBehindAName() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            for (URI forbidden : List.of(
                    URI.create("http://169.254.169.254/latest"),
                    URI.create("http://2852039166/latest"),
                    URI.create("http://[::ffff:169.254.169.254]/"),
                    URI.create("http://0.0.0.0:" + server.port() + "/"))) {
                try (HttpEndpoint endpoint =
                        Calls.open(HttpSettings.of(forbidden), AddressPolicy.guarded(List.of()), Map.of())) {
                    assertThat(Calls.failure(endpoint).kind())
                            .as(forbidden.toString())
                            .isEqualTo(Kind.FORBIDDEN_ADDRESS);
                }
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesHostsThatAreNotListed() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            HttpSettings settings = patient(server, "/");
            try (HttpEndpoint listed = Calls.open(settings, AddressPolicy.guarded(List.of("127.0.0.1")), Map.of());
                    HttpEndpoint other = Calls.open(settings, AddressPolicy.guarded(List.of("*.shop")), Map.of())) {
                assertThat(Calls.reply(listed).status()).isEqualTo(204);
                assertThat(Calls.failure(other).detail())
                        .isEqualTo("the host 127.0.0.1 is none of spec.network.allowHosts");
            }
        }
    }

    @Test
    void followsRedirectsOfTheSameOrigin() throws Exception {
        Function<ReceivedRequest, Answer> script = request -> request.target().equals("/there")
                ? Answer.status(204)
                : Answer.status(308).with("Location", "/there");
        try (ScriptedServer server = ScriptedServer.recording(script);
                HttpEndpoint endpoint = Calls.open(patient(server, "/here").following(RedirectPolicy.SAME_ORIGIN))) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(204);
            assertThat(server.requests().get(1).method()).isEqualTo("POST");
            assertThat(server.requests().get(1).body()).asString().isEqualTo("body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "http://127.0.0.1:1/", "//evil.invalid/", "http://a b", "/x#y"})
    void leavesOtherRedirectsAlone(String location) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> Answer.status(307).with("Location", location));
                HttpEndpoint endpoint = Calls.open(patient(server, "/").following(RedirectPolicy.SAME_ORIGIN))) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(307);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void followsNoCircleForEver() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> Answer.status(307).with("Location", "/"));
                HttpEndpoint endpoint = Calls.open(patient(server, "/").following(RedirectPolicy.SAME_ORIGIN))) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(307);
            assertThat(server.requests()).hasSize(6);
        }
    }

    private static HttpSettings patient(ScriptedServer server, String path) {
        return HttpSettings.of(server.uri(path)).within(LONG, LONG, 64, 1_000_000);
    }
}
