package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.function.Answer;
import dev.weft.function.Answer.Failed;
import dev.weft.function.Effects;
import dev.weft.http.TlsFiles;
import dev.weft.testkit.http.Certificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls functions at a server that speaks TLS, and wants to see a certificate. */
class TlsFunctionsTest {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static Certificates localhost;
    private static Certificates client;
    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        localhost = Certificates.signedByItself(folder, "localhost", "dns:localhost");
        client = Certificates.signedByItself(folder, "client", "dns:client.test");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new WithClients(localhost.server(client)));
        server.createContext("/", exchange -> {
            CALLS.incrementAndGet();
            var unused = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void theServerIsCalledThatHasTheCertificateItShould() throws Exception {
        TlsFiles files = new TlsFiles(
                localhost.certificate().toString(),
                client.certificate().toString(),
                client.key().toString(),
                null);

        assertThat(call(files)).isEqualTo(new Answer.Done(Effects.NONE));
    }

    @Test
    void noFunctionIsCalledWhereOneSideTrustsTheOtherNot() throws Exception {
        TlsFiles mistrusting = new TlsFiles(
                client.certificate().toString(),
                client.certificate().toString(),
                client.key().toString(),
                null);
        TlsFiles unknown = new TlsFiles(localhost.certificate().toString(), null, null, null);
        int before = CALLS.get();

        for (TlsFiles files : new TlsFiles[] {TlsFiles.NONE, mistrusting, unknown}) {
            assertThat(call(files))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.isWorthRetrying()).isTrue());
        }
        assertThat(CALLS).hasValue(before);
    }

    private static Answer call(TlsFiles files) throws Exception {
        String url = "https://localhost:" + server.getAddress().getPort() + "/{function.name}";
        try (RemoteFunctions functions = Endpoints.trusting(files, url)) {
            return new Instance(functions, "shop/score", "1").call(Instance.text("x"));
        }
    }

    private static final class WithClients extends HttpsConfigurator {

        WithClients(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
        }
    }
}
