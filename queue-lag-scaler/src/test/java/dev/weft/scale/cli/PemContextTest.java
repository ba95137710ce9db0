package dev.weft.scale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.testkit.http.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
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
    private static HttpsServer jobManager;

    @BeforeAll
    static void start() throws Exception {
        server = Certificates.signedByItself(folder, "server", "dns:localhost");
        own = Certificates.signedByItself(folder, "own", "dns:scaler");
        jobManager = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jobManager.setHttpsConfigurator(new HttpsConfigurator(server.server(own)) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                connection.setSSLParameters(wanted);
            }
        });
        jobManager.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        jobManager.start();
    }

    @AfterAll
    static void stop() {
        jobManager.stop(0);
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
        URI uri = URI.create("https://localhost:" + jobManager.getAddress().getPort() + "/");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        return HttpClient.newBuilder()
                .sslContext(PemContext.of(tls))
                .build()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
