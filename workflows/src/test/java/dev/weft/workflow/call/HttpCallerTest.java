package dev.weft.workflow.call;

import static dev.weft.workflow.call.Calling.JSON;
import static dev.weft.workflow.call.Calling.http;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.delivery.BreakerPolicy;
import dev.weft.http.AddressPolicy;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCallerTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Calling calling = new Calling();
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.recording(request -> json(200, "{\"id\":7}"));
    }

    @AfterEach
    void stop() throws Exception {
        calling.close();
        server.close();
    }

    @Test
    void sendsWhatTheTaskSays() throws Exception {
        JsonNode result = calling.result(
                "{'method':'post','endpoint':{'uri':'" + url("/orders?v=1")
                        + "'},'query':{'q':'a b&c','n':[1,2],'none':null},'headers':{'X-A':'1','x-b':true},'body':{'a':[1,null]}}");

        assertThat(result).isEqualTo(JSON.readTree("{\"id\":7}"));
        ReceivedRequest request = only();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/orders?v=1&q=a%20b%26c&n=1&n=2");
        assertThat(request.header("x-a")).contains("1");
        assertThat(request.header("x-b")).contains("true");
        assertThat(request.header("content-type")).contains("application/json");
        assertThat(request.header("idempotency-key")).contains("key-1");
        assertThat(request.body()).asString().isEqualTo("{\"a\":[1,null]}");
    }

    @ParameterizedTest(name = "{0} as {1} is {2} of type {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'plain text' | | plain text | text/plain; charset=utf-8",
                "'<a/>' | application/xml | <a/> | application/xml",
                "{'a':'b c','d':[1,2]} | application/x-www-form-urlencoded | a=b%20c&d=1&d=2"
                        + " | application/x-www-form-urlencoded",
                "5 | | 5 | application/json",
                "'{}' | application/json | {} | application/json",
            })
    void sendsABodyByItsType(String body, String type, String sent, String sentType) throws Exception {
        String headers = type == null ? "{}" : "{'Content-Type':'" + type + "'}";
        calling.result("{'method':'PUT','endpoint':'" + url("/") + "','headers':" + headers + ",'body':" + body + "}");

        assertThat(only().body()).asString().isEqualTo(sent);
        assertThat(only().header("content-type")).contains(sentType);
    }

    @Test
    void sendsNoBodyWhereThereIsNone() throws Exception {
        calling.result(get("/a/b"));

        assertThat(only().header("content-length")).isEmpty();
        assertThat(only().header("content-type")).isEmpty();
        assertThat(only().target()).isEqualTo("/a/b");
    }

    @ParameterizedTest(name = "{1} is {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "content; application/json; {\"a\":1.5}; {\"a\":1.5}",
                "content; application/problem+json; [1]; [1]",
                "content; text/plain; hello; \"hello\"",
                "content; ; hello; \"aGVsbG8=\"",
                "content; application/json; ''; null",
                "raw; application/json; {}; \"e30=\"",
            })
    void givesTheContentByItsType(String output, String type, String body, String result) throws Exception {
        server.answerBy(request -> {
            Answer.Reply reply = Answer.text(200, body == null ? "" : body);
            return type == null ? reply : reply.with("content-type", type);
        });
        assertThat(calling.result("{'method':'GET','endpoint':'" + url("/") + "','output':'" + output + "'}"))
                .isEqualTo(JSON.reader()
                        .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .readTree(result));
    }

    @Test
    void givesTheWholeResponse() throws Exception {
        JsonNode response = calling.result("{'method':'GET','endpoint':'" + url("/")
                + "','headers':{'x-key':'SECRET(token)'},'output':'response'}");

        assertThat(response.path("statusCode").intValue()).isEqualTo(200);
        assertThat(response.path("content")).isEqualTo(JSON.readTree("{\"id\":7}"));
        assertThat(response.at("/headers/content-type").textValue()).isEqualTo("application/json");
        assertThat(response.at("/request/headers/x-key").textValue()).isEqualTo("***");
        assertThat(only().header("x-key")).contains("t0p-s3cret");
    }

    @Test
    void takesOtherStatusesForErrors() throws Exception {
        server.answerBy(request -> Answer.text(404, "no such\norder"));
        assertThat(calling.error(get("/x?key=1")))
                .isEqualTo("communication 404 GET " + url("/x?key=1") + " answers 404: no such order");
    }

    @Test
    void takesRedirectsForErrorsUnlessToldOtherwise() throws Exception {
        server.answerBy(request -> Answer.status(302).with("location", "/elsewhere"));
        assertThat(calling.error(get("/"))).startsWith("communication 302 ");
        assertThat(calling.result("{'method':'GET','endpoint':'" + url("/") + "','redirect':true}"))
                .isEqualTo(JSON.nullNode());
    }

    @Test
    void saysWhatIsNoJson() throws Exception {
        server.answerBy(request -> json(200, "{oops"));
        assertThat(calling.error(get("/"))).contains("communication 500", "with JSON that is none: {oops");
        server.answerBy(request -> json(200, "{\"n\":1e99999999999}"));
        assertThat(calling.error(get("/"))).contains("communication 500", "with JSON that is none: {");
    }

    @Test
    void saysWhenNobodyAnswers() throws Exception {
        server.stop();
        assertThat(calling.error(get("/"))).startsWith("communication 500 GET ").contains("took no connection");
    }

    @Test
    void takesNoMoreThanFits() throws Exception {
        CallTerms terms = new CallTerms(64, BOUND, BOUND, 100, CallTerms.USUAL.breaker());
        server.answerBy(request -> Answer.text(200, "x".repeat(101)));
        try (Calling bounded = new Calling(terms, AddressPolicy.open())) {
            assertThat(bounded.error(get("/"))).contains("answers with more than 100 bytes");
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        CallTerms terms = new CallTerms(64, Duration.ofMillis(300), BOUND, 100, CallTerms.USUAL.breaker());
        server.answerBy(request -> Answer.never());
        try (Calling bounded = new Calling(terms, AddressPolicy.open())) {
            assertThat(bounded.error(get("/"))).contains("gave no complete answer within 300 ms");
        }
    }

    @Test
    void callsNoForbiddenAddress() throws Exception {
        AddressPolicy policy = AddressPolicy.guarded(List.of("billing.shop"));
        try (Calling guarded = new Calling(CallTerms.USUAL, policy)) {
            assertThat(guarded.error(get("/"))).startsWith("authorization 403 ");
            assertThat(guarded.error(
                            "{'method':'GET','endpoint':{'uri':'http://billing.shop.evil/','authentication':{'oauth2':"
                                    + "{'authority':'" + url("") + "','grant':'client_credentials'}}}}"))
                    .startsWith("authentication 401 ");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void fillsSecretsInWhereTheyStand() throws Exception {
        calling.result("{'method':'POST','endpoint':'" + url("/SECRET(odd)/x?k=SECRET(odd)")
                + "','query':{'q':'<SECRET(odd)>'},'headers':{'authorization':'Key SECRET(token)'},"
                + "'body':{'SECRET(token)':'pre SECRET(odd)'}}");

        assertThat(only().target())
                .isEqualTo("/a%22b%26c%5Cd%20e%2Ff/x?k=a%22b%26c%5Cd%20e%2Ff&q=%3Ca%22b%26c%5Cd%20e%2Ff%3E");
        assertThat(only().header("authorization")).contains("Key t0p-s3cret");
        assertThat(JSON.readTree(only().body()))
                .isEqualTo(JSON.createObjectNode().put("t0p-s3cret", "pre a\"b&c\\d e/f"));
    }

    @Test
    void keepsSecretsOutOfErrorsAndOfWhatIsKept() throws Exception {
        server.answerBy(request -> Answer.text(401, "wrong token t0p-s3cret"));
        String with = "{'method':'GET','endpoint':'" + url("/?k=SECRET(token)") + "','headers':{'x':'SECRET(token)'}}";

        assertThat(calling.error(with))
                .isEqualTo("communication 401 GET " + url("/?k=***") + " answers 401: wrong token ***");
        assertThat(new String(http(with).form(), StandardCharsets.ISO_8859_1))
                .doesNotContain("t0p-s3cret")
                .doesNotContain("weft.secret");
    }

    @Test
    void takesNoDataForASecret() throws Exception {
        server.answerBy(request -> Answer.text(200, "ok"));
        calling.result("{'method':'POST','endpoint':'" + url("/")
                + "','body':'${ $secrets.token } weft.secret.00000000000000000000000000000000.746f6b656e. SECRET(x)'}");
        assertThat(only().body()).asString().doesNotContain("t0p-s3cret");
    }

    @Test
    void refusesACallWithoutItsSecret() throws Exception {
        assertThat(calling.error("{'method':'GET','endpoint':'" + url("/") + "','headers':{'x':'SECRET(missing)'}}"))
                .isEqualTo("authorization 403 GET " + url("/") + ": there is no secret \"missing\"");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aHostIsNotTakenForDeadForASecretThatEndsALine() throws Exception {
        BreakerPolicy breaker = new BreakerPolicy(100, 1, Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (Calling one = new Calling(new CallTerms(64, BOUND, BOUND, 1000, breaker), AddressPolicy.open())) {
            assertThat(one.error("{'method':'GET','endpoint':'" + url("/") + "','headers':{'x':'SECRET(line)'}}"))
                    .isEqualTo("configuration 400 GET " + url("/")
                            + ": found a character in the header x that no header can hold, such as the end of a line");

            assertThat(one.result(get("/"))).isNotNull();
        }
    }

    @Test
    void makesNotMoreCallsAtOnceThanItMay() throws Exception {
        CallTerms terms = new CallTerms(2, BOUND, BOUND, 1000, CallTerms.USUAL.breaker());
        server.answerBy(request -> json(200, "1").after(Duration.ofMillis(50)));
        try (Calling bounded = new Calling(terms, AddressPolicy.open())) {
            List<CompletableFuture<CallOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                outcomes.add(bounded.begin(http(get("/" + i))));
            }
            Await.until("the first calls", BOUND, () -> server.requests().size() >= 2);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
            for (CompletableFuture<CallOutcome> outcome : outcomes) {
                assertThat(outcome.get(60, TimeUnit.SECONDS).error()).isNull();
            }
        }
        assertThat(server.connections()).isLessThanOrEqualTo(2);
        assertThat(server.requests()).hasSize(10);
    }

    @Test
    void leavesAHostAloneThatIsTakenForDead() throws Exception {
        BreakerPolicy breaker = new BreakerPolicy(100, 3, Duration.ofMinutes(5), Duration.ofMinutes(5));
        CallTerms terms = new CallTerms(64, BOUND, BOUND, 1000, breaker);
        server.answerBy(request -> Answer.status(503));
        try (Calling bounded = new Calling(terms, AddressPolicy.open())) {
            for (int i = 0; i < 3; i++) {
                assertThat(bounded.error(get("/"))).startsWith("communication 503 ");
            }
            assertThat(bounded.error(get("/"))).startsWith("communication 500 ").contains("is not called for a while");
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void endsEveryCallWhenItIsClosed() throws Exception {
        server.answerBy(request -> Answer.never());
        Calling closing = new Calling();
        CompletableFuture<CallOutcome> underWay = closing.begin(http(get("/")));
        Await.until("the request", BOUND, () -> !server.requests().isEmpty());
        closing.close();

        assertThat(underWay.get(60, TimeUnit.SECONDS).error()).isNotNull();
        assertThat(closing.error(get("/"))).contains("calls have ended");
    }

    private ReceivedRequest only() {
        assertThat(server.requests()).hasSize(1);
        return server.requests().get(0);
    }

    private String get(String path) {
        return "{'method':'GET','endpoint':{'uri':'" + url(path) + "'}}";
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Answer.Reply json(int status, String body) {
        return new Answer.Reply(
                status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }
}
