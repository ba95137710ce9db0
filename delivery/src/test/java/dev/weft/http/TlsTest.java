package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.CallFailure.Kind;
import dev.weft.testkit.http.Certificates;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Certificates localhost;
    private static Certificates elsewhere;
    private static Certificates client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = Certificates.signedByItself(folder, "localhost", "dns:localhost");
        elsewhere = Certificates.signedByItself(folder, "elsewhere", "dns:elsewhere.test");
        client = Certificates.signedByItself(folder, "client", "dns:client.test");
    }

    @ParameterizedTest
    @CsvSource({"AUTO, 2", "HTTP_1_1, 1.1", "HTTP_2, 2"})
    void agreesOnTheVersionOfHttp(HttpProtocol protocol, String spoken) throws Exception {
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.NONE, "h2", "http/1.1"), 100);
                HttpEndpoint endpoint =
                        Calls.open(settings(server, "/", protocol).trusting(trusting(localhost)))) {
            assertThat(Calls.reply(endpoint).body()).asString().isEqualTo(spoken + " body");
        }
    }

    @Test
    void speaksTheOlderVersionWhereTheServerKnowsNoOther() throws Exception {
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.NONE, "http/1.1"), 100)) {
            HttpSettings settings = settings(server, "/", HttpProtocol.AUTO).trusting(trusting(localhost));
            try (HttpEndpoint auto = Calls.open(settings);
                    HttpEndpoint two = Calls.open(settings.speaking(EventMode.BINARY, HttpProtocol.HTTP_2))) {
                assertThat(Calls.reply(auto).body()).asString().isEqualTo("1.1 body");
                assertThat(Calls.failure(two).kind()).isEqualTo(Kind.TLS);
            }
        }
    }

    @Test
    void refusesACertificateItDoesNotTrust() throws Exception {
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.NONE, "http/1.1"), 100);
                HttpEndpoint javas = Calls.open(settings(server, "/", HttpProtocol.AUTO));
                HttpEndpoint others =
                        Calls.open(settings(server, "/", HttpProtocol.AUTO).trusting(trusting(elsewhere)))) {
            assertThat(Calls.failure(javas).kind()).isEqualTo(Kind.TLS);
            assertThat(Calls.failure(others).kind()).isEqualTo(Kind.TLS);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        try (NettyServer server = new NettyServer(server(elsewhere, ClientAuth.NONE, "http/1.1"), 100);
                HttpEndpoint endpoint =
                        Calls.open(settings(server, "/", HttpProtocol.AUTO).trusting(trusting(elsewhere)))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.TLS);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void showsItsCertificateWhereOneIsWanted() throws Exception {
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.REQUIRE, "h2", "http/1.1"), 100);
                HttpEndpoint with = Calls.open(settings(server, "/", HttpProtocol.AUTO)
                        .trusting(new TlsFiles(
                                localhost.certificate().toString(),
                                client.certificate().toString(),
                                client.key().toString(),
                                null)));
                HttpEndpoint without =
                        Calls.open(settings(server, "/", HttpProtocol.AUTO).trusting(trusting(localhost)))) {
            assertThat(Calls.reply(with).status()).isEqualTo(200);
            // TLS 1.3 refuses after the client thinks all is well: then the connection may simply break.
            assertThat(Calls.failure(without).kind()).isIn(Kind.TLS, Kind.BROKEN, Kind.CONNECT);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void readsFilesAgainThatHaveChanged() throws Exception {
        Path ca = folder.resolve("ca.pem");
        Files.copy(elsewhere.certificate(), ca);
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.NONE, "http/1.1"), 100);
                HttpEndpoint endpoint = Calls.open(settings(server, "/", HttpProtocol.AUTO)
                        .trusting(new TlsFiles(ca.toString(), null, null, null)))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.TLS);

            Files.write(ca, Files.readAllBytes(localhost.certificate()));
            Files.setLastModifiedTime(ca, FileTime.fromMillis(0));

            assertThat(Calls.reply(endpoint).status()).isEqualTo(200);
        }
    }

    @Test
    void saysWhichFileIsNotThere() throws Exception {
        try (NettyServer server = new NettyServer(server(localhost, ClientAuth.NONE, "http/1.1"), 100);
                HttpEndpoint endpoint = Calls.open(settings(server, "/", HttpProtocol.AUTO)
                        .trusting(new TlsFiles("/nowhere/ca.pem", null, null, null)))) {
            assertThat(Calls.failure(endpoint))
                    .isEqualTo(new CallFailure(Kind.TLS, "TLS cannot be set up: there is no file /nowhere/ca.pem"));
        }
    }

    @Test
    void sharesAConnectionBetweenCallsInHttp2() throws Exception {
        try (NettyServer server = new NettyServer(null, 100);
                HttpEndpoint endpoint = Calls.open(plain(server, "/"))) {
            List<CompletableFuture<CallResult>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                results.add(Calls.begin(endpoint));
            }
            for (CompletableFuture<CallResult> result : results) {
                assertThat(((HttpReply) Calls.await(result)).body()).asString().isEqualTo("2 body");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsToTheStreamsThatTheServerAllows() throws Exception {
        try (NettyServer server = new NettyServer(null, 3);
                HttpEndpoint endpoint = Calls.open(plain(server, "/"))) {
            List<CompletableFuture<CallResult>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                results.add(Calls.begin(endpoint));
            }
            for (CompletableFuture<CallResult> result : results) {
                assertThat(Calls.await(result)).isInstanceOf(HttpReply.class);
            }
        }
    }

    @Test
    void givesUpOneStreamAndKeepsTheConnection() throws Exception {
        try (NettyServer server = new NettyServer(null, 100);
                HttpEndpoint first = Calls.open(plain(server, "/"));
                HttpEndpoint never =
                        Calls.open(plain(server, "/never").within(Duration.ofMillis(300), LONG, 1, 1000))) {
            assertThat(Calls.reply(first).status()).isEqualTo(200); // classes are loaded
            assertThat(Calls.failure(never).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(Calls.failure(never).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void stopsReadingAStreamThatGrowsTooLarge() throws Exception {
        try (NettyServer server = new NettyServer(null, 100);
                HttpEndpoint endpoint = Calls.open(plain(server, "/large").within(LONG, LONG, 1, 1000))) {
            assertThat(Calls.failure(endpoint).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    private static TlsFiles trusting(Certificates certificates) {
        return new TlsFiles(certificates.certificate().toString(), null, null, null);
    }

    private static HttpSettings settings(NettyServer server, String path, HttpProtocol protocol) {
        return HttpSettings.of(URI.create("https://localhost:" + server.port() + path))
                .within(LONG, LONG, 64, 1_000_000)
                .speaking(EventMode.BINARY, protocol);
    }

    private static HttpSettings plain(NettyServer server, String path) {
        return HttpSettings.of(URI.create("http://127.0.0.1:" + server.port() + path))
                .within(LONG, LONG, 64, 1_000_000)
                .speaking(EventMode.BINARY, HttpProtocol.HTTP_2);
    }

    private static SslContext server(Certificates own, ClientAuth auth, String... protocols) throws Exception {
        return SslContextBuilder.forServer(own.certificate().toFile(), own.key().toFile())
                .trustManager(client.certificate().toFile())
                .clientAuth(auth)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }
}
