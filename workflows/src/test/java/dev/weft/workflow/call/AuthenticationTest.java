package dev.weft.workflow.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

    private final Calling calling = new Calling();
    private final AtomicInteger fetched = new AtomicInteger();
    private ScriptedServer server;
    private ScriptedServer tokens;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.recording(request -> Answer.status(204));
        tokens = ScriptedServer.recording(request -> token(3600));
    }

    @AfterEach
    void stop() throws Exception {
        calling.close();
        server.close();
        tokens.close();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{'basic':{'username':'ada','password':'SECRET(token)'}}; Basic YWRhOnQwcC1zM2NyZXQ=",
                "{'basic':{'use':'user'}}; Basic YWRhOnDDpHNzd29yZA==",
                "{'bearer':{'token':'SECRET(token)'}}; Bearer t0p-s3cret",
                "{'basic':{'username':'ada','password':'SECRET(odd)'}}; Basic YWRhOmEiYiZjXGQgZS9m",
            })
    void provesWhoCallsByAHeader(String policy, String header) throws Exception {
        calling.result(with(policy));
        assertThat(server.requests().get(0).header("authorization")).contains(header);
    }

    /** The server computes for itself what it expects. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"MD5, ', qop=\"auth,auth-int\"'", "SHA-256, ', qop=\"auth\"'", "MD5, ''"})
    void answersAChallenge(String algorithm, String qop) throws Exception {
        String challenge = "Digest realm=\"shop\", nonce=\"n1\", opaque=\"o\", algorithm=" + algorithm + qop;
        server.answerBy(request -> request.header("authorization")
                        .filter(it -> isRight(it, algorithm, request))
                        .isPresent()
                ? Answer.status(204)
                : Answer.status(401).with("www-authenticate", challenge));

        calling.result(with("{'digest':{'username':'ada','password':'SECRET(token)'}}"));
        assertThat(server.requests()).hasSize(2);
        assertThat(calling.error(with("{'digest':{'username':'ada','password':'wrong'}}")))
                .startsWith("communication 401 ");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void answersAChallengeAsLongAsHeadersMayBe() throws Exception {
        String challenge = "Digest realm=\"shop\", nonce=\"" + "n".repeat(7_000) + "\"";
        server.answerBy(request -> request.header("authorization").isPresent()
                ? Answer.status(204)
                : Answer.status(401).with("www-authenticate", challenge));
        calling.result(with("{'digest':{'username':'ada','password':'SECRET(token)'}}"));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void keepsWhatASecretIsMadeOfOutOfErrors() throws Exception {
        server.answerBy(request ->
                Answer.text(400, request.header("authorization").orElse("none") + " is not that of pässword"));
        assertThat(calling.error(with("{'basic':{'use':'user'}}")))
                .endsWith(" answers 400: Basic *** is not that of ***");
    }

    @Test
    void fetchesATokenOnceForAllCallsThatNeedIt() throws Exception {
        tokens.answerBy(request -> token(3600).after(Duration.ofMillis(100)));
        List<CompletableFuture<CallOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(calling.begin(Calling.http(with(client("client_secret_basic")))));
        }
        for (CompletableFuture<CallOutcome> outcome : outcomes) {
            assertThat(outcome.get(60, TimeUnit.SECONDS).error()).isNull();
        }

        assertThat(tokens.requests()).hasSize(1);
        ReceivedRequest request = tokens.requests().get(0);
        assertThat(request.target()).isEqualTo("/oauth2/token");
        assertThat(request.header("authorization")).contains("Basic bWVzaDp0MHAtczNjcmV0");
        assertThat(request.body()).asString().isEqualTo("grant_type=client_credentials&scope=a%20b");
        assertThat(server.requests())
                .allSatisfy(it -> assertThat(it.header("authorization")).contains("Bearer t1"));
    }

    @Test
    void sendsTheClientInTheFormWhereThatIsWanted() throws Exception {
        calling.result(with(client("client_secret_post")));
        assertThat(tokens.requests().get(0).body())
                .asString()
                .isEqualTo("grant_type=client_credentials&scope=a%20b&client_id=mesh&client_secret=t0p-s3cret");
    }

    @Test
    void fetchesATokenForAUser() throws Exception {
        calling.result(with("{'oauth2':{'authority':'" + tokens.uri("/") + "','grant':'password','username':'ada',"
                + "'password':'SECRET(token)','endpoints':{'token':'/t'},'request':{'encoding':'application/json'}}}"));
        ReceivedRequest request = tokens.requests().get(0);
        assertThat(request.target()).isEqualTo("/t");
        assertThat(Calling.JSON.readTree(request.body()))
                .isEqualTo(Calling.JSON.readTree(
                        "{\"grant_type\":\"password\",\"username\":\"ada\",\"password\":\"t0p-s3cret\"}"));
    }

    @Test
    void findsTheTokenEndpointOfAnIssuer() throws Exception {
        tokens.answerBy(request -> request.target().equals("/realm/.well-known/openid-configuration")
                ? Answer.text(200, "{\"token_endpoint\":\"" + tokens.uri("/realm/t") + "\"}")
                : token(60));
        calling.result(with("{'oidc':{'authority':'" + tokens.uri("/realm") + "','grant':'client_credentials',"
                + "'client':{'id':'mesh','secret':'SECRET(token)'}}}"));

        assertThat(tokens.requests())
                .extracting(ReceivedRequest::target)
                .containsExactly("/realm/.well-known/openid-configuration", "/realm/t");
        assertThat(server.requests().get(0).header("authorization")).contains("Bearer t1");
    }

    @Test
    void fetchesAnotherTokenForOneThatWasRefused() throws Exception {
        server.answerBy(request ->
                Answer.status(request.header("authorization").orElse("").equals("Bearer t1") ? 401 : 204));
        calling.result(with(client("client_secret_post")));
        calling.result(with(client("client_secret_post")));

        assertThat(tokens.requests()).hasSize(2);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void fetchesAnewWhatIsAboutToExpire() throws Exception {
        tokens.answerBy(request -> token(4));
        calling.result(with(client("client_secret_post")));
        calling.result(with(client("client_secret_post")));
        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void saysWhyThereIsNoToken() throws Exception {
        tokens.answerBy(request -> Answer.text(400, "{\"error\":\"invalid_client\",\"hint\":\"t0p-s3cret\"}"));
        assertThat(calling.error(with(client("client_secret_post"))))
                .isEqualTo("authentication 401 GET " + server.uri("/")
                        + ": the token endpoint 127.0.0.1 answered 400: invalid_client");
        tokens.answerBy(request -> Answer.text(200, "{}"));
        assertThat(calling.error(with(client("client_secret_post")))).endsWith("answered without an access_token");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{'basic':{'username':'ada'}}; a policy has no text for password",
                "{'oauth2':{'authority':'nowhere','grant':'client_credentials'}}; the authority of a policy is no http or https address",
                "{'oauth2':{'authority':'http://a:65536','grant':'client_credentials'}}; the authority of a policy is no http or https address",
                "{'oauth2':{'authority':'http://a','grant':'device'}}; found the grant device, which is not supported",
                "{'basic':{'use':'token'}}; the secret \"token\" is not the JSON it should be",
            })
    void saysWhatIsWrongWithAPolicy(String policy, String problem) throws Exception {
        assertThat(calling.error(with(policy))).isEqualTo("configuration 400 " + problem);
    }

    private boolean isRight(String header, String algorithm, ReceivedRequest request) {
        String secret = hash(algorithm, "ada:shop:t0p-s3cret");
        String asked = hash(algorithm, request.method() + ":" + request.target());
        String middle = header.contains("qop=auth")
                ? "n1:00000001:" + header.replaceAll(".*cnonce=\"([^\"]*)\".*", "$1") + ":auth"
                : "n1";
        return header.contains("response=\"" + hash(algorithm, secret + ":" + middle + ":" + asked) + "\"")
                && header.contains("opaque=\"o\"");
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String with(String policy) {
        return "{'method':'GET','endpoint':{'uri':'" + server.uri("/") + "','authentication':" + policy + "}}";
    }

    private String client(String how) {
        return "{'oauth2':{'authority':'" + tokens.uri("") + "','grant':'client_credentials','scopes':['a','b'],"
                + "'client':{'id':'mesh','secret':'SECRET(token)','authentication':'" + how + "'}}}";
    }

    private Answer.Reply token(int seconds) {
        return new Answer.Reply(
                200,
                Map.of("content-type", "application/json"),
                ("{\"access_token\":\"t" + fetched.incrementAndGet() + "\",\"expires_in\":" + seconds + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
