package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Answer;
import dev.weft.function.Answer.Failed;
import dev.weft.function.Effects;
import dev.weft.http.TlsFiles;
import dev.weft.testkit.http.Certificates;
import dev.weft.testkit.http.TlsServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls functions at a server that speaks TLS, and wants to see a certificate. */
class TlsFunctionsTest {

    @TempDir
    private static Path folder;

    private static Certificates localhost;
    private static Certificates client;
    private static TlsServer server;

    @BeforeAll
    static void serve() throws Exception {
        localhost = Certificates.signedByItself(folder, "localhost", "dns:localhost");
        client = Certificates.signedByItself(folder, "client", "dns:client.test");
        server = TlsServer.startForKnownClients(
                localhost.server(client),
                dev.weft.testkit.http.Answer.status(200).with("Content-Type", "application/octet-stream"));
    }

    @AfterAll
    static void stop() {
        server.close();
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
        int before = server.requests();

        for (TlsFiles files : new TlsFiles[] {TlsFiles.NONE, mistrusting, unknown}) {
            assertThat(call(files))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.isWorthRetrying()).isTrue());
        }
        assertThat(server.requests()).isEqualTo(before);
    }

    private static Answer call(TlsFiles files) throws Exception {
        String url = server.uri("/") + "{function.name}";
        try (RemoteFunctions functions = Endpoints.trusting(files, url)) {
            return new Instance(functions, "shop/score", "1").call(Instance.text("x"));
        }
    }
}
