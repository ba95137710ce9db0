package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.SecretText;
import dev.weft.http.CallFailure.Kind;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuth2Test {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cret");

    private final AtomicInteger fetched = new AtomicInteger();
    private ScriptedServer tokens;
    private ScriptedServer target;

    @BeforeEach
    void start() throws Exception {
        tokens = ScriptedServer.recording(request -> token(3600));
        target = ScriptedServer.recording(request -> Answer.status(204));
    }

    @AfterEach
    void stop() throws Exception {
        tokens.close();
        target.close();
    }

    @Test
    void fetchesATokenWithTheClientsCredentials() throws Exception {
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(204);
        }

        ReceivedRequest request = tokens.requests().get(0);
        assertThat(request.header("authorization")).contains("Basic bWVzaDpzM2NyZXQ=");
        assertThat(request.body()).asString().isEqualTo("grant_type=client_credentials&scope=a+b&audience=shop");
        assertThat(target.requests().get(0).header("authorization")).contains("Bearer t1");
    }

    @Test
    void fetchesOneTokenForAllCallsThatWait() throws Exception {
        tokens.answerBy(request -> token(3600).after(Duration.ofMillis(100)));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            List<CompletableFuture<CallResult>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                results.add(Calls.begin(endpoint));
            }
            for (CompletableFuture<CallResult> result : results) {
                assertThat(Calls.await(result)).isInstanceOf(HttpReply.class);
            }
        }

        assertThat(tokens.requests()).hasSize(1);
        assertThat(target.requests()).hasSize(50);
    }

    @Test
    void fetchesAnewWhatIsAboutToExpire() throws Exception {
        tokens.answerBy(request -> token(5));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            Calls.reply(endpoint);
            Calls.reply(endpoint);
        }

        assertThat(target.requests())
                .extracting(it -> it.header("authorization").orElse(""))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void repeatsACallOnceWhoseTokenIsRefused() throws Exception {
        target.answerBy(request ->
                Answer.status(request.header("authorization").orElse("").equals("Bearer t1") ? 401 : 204));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(204);
        }

        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void repeatsNoCallTwice() throws Exception {
        target.answerBy(request -> Answer.status(401));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            assertThat(Calls.reply(endpoint).status()).isEqualTo(401);
        }

        assertThat(target.requests()).hasSize(2);
    }

    @Test
    void recoversWhenTheTokenEndpointDoes() throws Exception {
        tokens.answerBy(request -> Answer.text(401, "{\"error\":\"invalid_client\"}"));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            assertThat(Calls.failure(endpoint))
                    .isEqualTo(new CallFailure(
                            Kind.CREDENTIALS, "the token endpoint 127.0.0.1 answered 401: invalid_client"));

            tokens.answerBy(request -> token(3600));
            assertThat(Calls.reply(endpoint).status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "{\"access_token\":\"a\\r\\nb\"}", "[1]"})
    void takesNoAnswerWithoutAToken(String answer) throws Exception {
        tokens.answerBy(request -> Answer.text(200, answer));
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), LONG)) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.CREDENTIALS);
        }

        assertThat(target.requests()).isEmpty();
    }

    @Test
    void endsCallsThatWaitForATokenForTooLong() throws Exception {
        tokens.answerBy(request -> Answer.never());
        try (HttpEndpoint endpoint = open(tokens.uri("/token"), Duration.ofMillis(300))) {
            assertThat(Calls.failure(endpoint).kind()).isIn(Kind.CREDENTIALS, Kind.TIMEOUT);
        }
    }

    @Test
    void fetchesNoTokenFromAForbiddenAddress() throws Exception {
        HttpSettings settings = settings(URI.create("http://169.254.169.254/token"), LONG);
        try (HttpEndpoint endpoint = Calls.open(settings, AddressPolicy.guarded(List.of()), ENVIRONMENT)) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
        }
    }

    private Answer token(int seconds) {
        return Answer.text(
                200,
                "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                        .formatted(fetched.incrementAndGet(), seconds));
    }

    private HttpEndpoint open(URI tokenUrl, Duration timeout) {
        return Calls.open(settings(tokenUrl, timeout), AddressPolicy.open(), ENVIRONMENT);
    }

    private HttpSettings settings(URI tokenUrl, Duration timeout) {
        HttpAuth auth =
                new HttpAuth.OAuth2(tokenUrl, new SecretText("mesh"), new SecretText("${env:SECRET}"), "a b", "shop");
        return HttpSettings.of(target.uri("/")).within(timeout, LONG, 64, 1000).sending(Map.of(), auth);
    }
}
