package dev.weft.function.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.weft.function.Address;
import dev.weft.function.Answer.Done;
import dev.weft.function.Answer.Failed;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.protocol.ToFunction;
import dev.weft.function.protocol.TypedValueMessage;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteFunctionsTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Address SCORE = new Address(new FunctionType("shop", "score"), "order-1");
    private static final Address CART = new Address(new FunctionType("shop", "cart"), "anna");
    private static final byte[] NOTHING = {};
    private static final Duration BOUND = Duration.ofSeconds(60);

    @Test
    void asksWithMessagesAndValues() throws Exception {
        Map<String, @Nullable TypedValue> values = new LinkedHashMap<>();
        values.put("seen", new TypedValue("io.statefun.types/int", NOTHING));
        values.put("last", null);
        List<Message> messages = List.of(
                new Message(SCORE, null, Instance.text("one"), "no trace"),
                new Message(SCORE, CART, new TypedValue("shop/Order", NOTHING), TRACE));
        try (ScriptedServer server = ScriptedServer.recording(request -> from(NOTHING));
                RemoteFunctions functions = Endpoints.patient(server.uri("/functions"))) {
            assertThat(Instance.await(Instance.begin(functions, new Invocation(SCORE, messages, values))))
                    .isEqualTo(new Done(Effects.NONE));

            ReceivedRequest request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/functions");
            assertThat(request.header("content-type")).contains("application/octet-stream");
            assertThat(request.header("traceparent")).contains(TRACE);
            assertThat(ToFunction.parseFrom(request.body())).isEqualTo(TextFormat.parse("""
                    invocation {
                      target { namespace: "shop" type: "score" id: "order-1" }
                      state { state_name: "seen" state_value { typename: "io.statefun.types/int" has_value: true } }
                      state { state_name: "last" }
                      invocations {
                        argument { typename: "io.statefun.types/string" has_value: true value: "\\n\\003one" }
                      }
                      invocations {
                        caller { namespace: "shop" type: "cart" id: "anna" }
                        argument { typename: "shop/Order" has_value: true }
                      }
                    }
                    """, ToFunction.class));
        }
    }

    @Test
    void eachFunctionMayHaveAUrlOfItsOwn() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> from(NOTHING));
                RemoteFunctions functions =
                        Endpoints.patient(server.uri("/") + "{function.name}/call?of={function.name}")) {
            for (String name : List.of("score", "a b?c", "score")) {
                var unused = new Instance(functions, "shop/" + name, "1").effects(Instance.text("x"));
            }

            assertThat(server.requests())
                    .extracting(ReceivedRequest::target)
                    .containsExactly("/score/call?of=score", "/a%20b%3Fc/call?of=a%20b%3Fc", "/score/call?of=score");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void namesThatMakeNoUrlAreNotCalled() throws Exception {
        try (RemoteFunctions functions = Endpoints.patient("http://127.0.0.1:1/{function.name}")) {
            assertThat(new Instance(functions, "shop/..", "1").call(Instance.text("x")))
                    .isEqualTo(new Failed("the name .. makes no URL of http://127.0.0.1:1/{function.name}", false));
        }
    }

    @Test
    void goesOnWhereThereAreMoreNamesThanItKeepsConnectionsFor() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> from(NOTHING));
                RemoteFunctions functions = Endpoints.patient(server.uri("/") + "{function.name}")) {
            for (int i = 0; i < 600; i++) {
                var unused = new Instance(functions, "shop/f" + i % 300, "1").effects(Instance.text("x"));
            }

            assertThat(server.requests()).hasSize(600);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, true", "307, true", "400, false", "401, true", "403, true", "404, true", "405, true", "408, true",
        "409, true", "413, false", "414, false", "415, false", "420, true", "422, false", "429, true", "431, false",
        "499, true", "500, true", "501, false", "502, true", "503, true", "504, true"
    })
    void aStatusSaysWhetherAnotherAttemptMayHelp(int status, boolean isWorthRetrying) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.recording(request -> Answer.text(status, "no\r\n  function\0 of that name"))) {
            String detail =
                    "http://127.0.0.1:%d/call answers %d: no function of that name".formatted(server.port(), status);
            assertThat(failure(server.uri("/call?key=secret").toString()))
                    .isEqualTo(new Failed(detail, isWorthRetrying));
        }
    }

    static Stream<Arguments> foreignAnswers() {
        Answer page = Answer.text(200, "<html>starting</html>").with("content-type", "text/html");
        byte[] other =
                TypedValueMessage.newBuilder().setTypename("shop/Order").build().toByteArray();
        return Stream.of(
                Arguments.of(
                        "a page",
                        page,
                        "answers 200 with text/html, where application/octet-stream is expected: <html>"),
                Arguments.of("nothing", Answer.status(204), "answers 204 with no content-type, where"),
                Arguments.of("garbage", from("garbage".getBytes(UTF_8)), "the answer's 7 bytes are no FromFunction"),
                Arguments.of("other fields", from(other), "the answer's 12 bytes are no FromFunction"),
                Arguments.of("the end of the connection", Answer.close(), "ended the connection"),
                Arguments.of("no HTTP", Answer.garbage("\1\2\r\n\r\n".getBytes(UTF_8)), ""),
                Arguments.of("a reset in the middle", Answer.resetAmid(from(new byte[10_000])), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignAnswers")
    void whatIsNoAnswerOfAFunctionIsWorthRetrying(String name, Answer answer, String detail) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> answer)) {
            Failed failed = failure(server.uri("/").toString());

            assertThat(failed.detail()).contains(detail);
            assertThat(failed.isWorthRetrying()).isTrue();
        }
    }

    @Test
    void aContentTypeMayHaveParameters() throws Exception {
        Answer answer = Answer.status(200).with("content-type", "Application/Octet-Stream; charset=binary");
        try (ScriptedServer server = ScriptedServer.recording(request -> answer);
                RemoteFunctions functions = Endpoints.patient(server.uri("/"))) {
            assertThat(new Instance(functions, "shop/score", "1").effects(Instance.text("x")))
                    .isEqualTo(Effects.NONE);
        }
    }

    @Test
    void aCallThatIsNeverAnsweredFailsInTime() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never());
                RemoteFunctions functions =
                        Endpoints.limited(server.uri("/").toString(), Duration.ofMillis(300), 1000)) {
            assertThat(new Instance(functions, "shop/score", "1").call(Instance.text("x")))
                    .isEqualTo(new Failed("127.0.0.1 gave no complete answer within 300 ms", true));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotAskedForAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> from(new byte[10_000]));
                RemoteFunctions functions = Endpoints.limited(server.uri("/").toString(), BOUND, 1000)) {
            assertThat(new Instance(functions, "shop/score", "1").call(Instance.text("x")))
                    .isEqualTo(new Failed("127.0.0.1 answers with more than 1000 bytes", false));
        }
    }

    @Test
    void aServerThatIsNotThereIsWorthRetrying() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThat(failure("http://127.0.0.1:" + deaf.getLocalPort() + "/").isWorthRetrying())
                    .isTrue();
        }
    }

    @Test
    void manyCallsAreUnderWayAtOnce() throws Exception {
        int calls = 200;
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never());
                RemoteFunctions functions = Endpoints.patient(server.uri("/"))) {
            for (int i = 0; i < calls; i++) {
                var unused = new Instance(functions, "shop/score", "order-" + i).begin(Instance.number(i));
            }

            Await.until("all of them", BOUND, () -> server.requests().size() == calls);
        }
    }

    @Test
    void eachOfManyCallsIsAnswered() throws Exception {
        int calls = 200;
        try (ScriptedServer server =
                        ScriptedServer.recording(request -> from(NOTHING).after(Duration.ofMillis(100)));
                RemoteFunctions functions = Endpoints.patient(server.uri("/"))) {
            List<CompletableFuture<dev.weft.function.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                answers.add(new Instance(functions, "shop/score", "order-" + i).begin(Instance.number(i)));
            }

            for (CompletableFuture<dev.weft.function.Answer> answer : answers) {
                assertThat(Instance.await(answer)).isEqualTo(new Done(Effects.NONE));
            }
            assertThat(server.requests()).hasSize(calls);
        }
    }

    @Test
    void closingGivesUpWhatIsUnderWayAndTakesNoMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never());
                RemoteFunctions functions = Endpoints.patient(server.uri("/"))) {
            Instance score = new Instance(functions, "shop/score", "1");
            CompletableFuture<dev.weft.function.Answer> underWay = score.begin(Instance.text("x"));
            Await.until("the request", BOUND, () -> !server.requests().isEmpty());

            functions.close();

            assertThat(Instance.await(underWay)).isEqualTo(new Failed("the endpoint is closed", true));
            assertThat(score.call(Instance.text("x"))).isEqualTo(new Failed("calls have ended", true));
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static Failed failure(String url) throws Exception {
        try (RemoteFunctions functions = Endpoints.patient(url)) {
            dev.weft.function.Answer answer = new Instance(functions, "shop/score", "1").call(Instance.text("x"));
            if (answer instanceof Failed failed) {
                return failed;
            }
            throw new AssertionError(answer);
        }
    }

    private static Answer.Reply from(byte[] body) {
        return new Answer.Reply(200, Map.of("content-type", "application/octet-stream"), body);
    }
}
