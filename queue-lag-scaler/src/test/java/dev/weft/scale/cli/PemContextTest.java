package dev.weft.scale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.Certificates;
import dev.weft.testkit.http.TlsServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a JobManager that wants to see a certificate. */
class PemContextTest {

    @TempDir
    private static Path folder;

    private static Certificates server;
    private static Certificates own;
    private static TlsServer jobManager;

    @BeforeAll
    static void start() throws Exception {
        server = Certificates.signedByItself(folder, "server", "dns:localhost");
        own = Certificates.signedByItself(folder, "own", "dns:scaler");
        jobManager = TlsServer.startForKnownClients(server.server(own), Answer.status(204));
    }

    @AfterAll
    static void stop() {
        jobManager.close();
    }

    @Test
    void theAuthorityIsTrustedAndTheOwnCertificateIsShown() throws Exception {
        assertThat(status(new ClientTls(server.certificate(), shown()))).isEqualTo(204);
    }

    @Test
    void whoShowsNothingIsRefused() {
        ClientTls tls = new ClientTls(server.certificate(), Optional.empty());

        assertThatThrownBy(() -> status(tls)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() {
        ClientTls tls = new ClientTls(own.certificate(), shown());

        assertThatThrownBy(() -> status(tls)).hasMessageContaining("certification path");
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "");

        assertThatThrownBy(() -> PemContext.of(new ClientTls(nothing, Optional.empty())))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("nothing.pem");
    }

    private static Optional<ClientTls.Identity> shown() {
        return Optional.of(new ClientTls.Identity(own.certificate(), own.key()));
    }

    private static int status(ClientTls tls) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(jobManager.uri("/"))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newBuilder()
                .sslContext(PemContext.of(tls))
                .build()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
