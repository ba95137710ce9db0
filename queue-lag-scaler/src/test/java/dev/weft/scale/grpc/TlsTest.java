package dev.weft.scale.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.grpc.protocol.ExternalScalerGrpc;
import dev.weft.scale.grpc.protocol.ScaledObjectRef;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Certificates;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Certificates own;
    private static Certificates keda;

    @BeforeAll
    static void certificates() throws Exception {
        own = Certificates.signedByItself(folder, "scaler", "dns:localhost");
        keda = Certificates.signedByItself(folder, "keda", "dns:keda");
    }

    @Test
    void callsComeOverTls() throws Exception {
        try (ScalerServer server = started(Optional.empty())) {
            assertThat(isActive(server, trusting(own))).isTrue();
            assertThatThrownBy(() -> isActive(server, trusting(keda))).isInstanceOf(StatusRuntimeException.class);
        }
    }

    @Test
    void onlyAClientOfTheAuthorityMayCall() throws Exception {
        try (ScalerServer server = started(Optional.of(keda.certificate()))) {
            assertThat(isActive(server, showing(keda))).isTrue();
            assertThatThrownBy(() -> isActive(server, trusting(own)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .extracting(e -> Status.fromThrowable(e).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
            assertThatThrownBy(() -> isActive(server, showing(own))).isInstanceOf(StatusRuntimeException.class);
        }
    }

    @Test
    void filesThatChangedHoldForTheNextConnection() throws Exception {
        Path certificate = Files.copy(own.certificate(), folder.resolve("shown.pem"));
        Path key = Files.copy(own.key(), folder.resolve("shown.key"));
        try (ScalerServer server = started(new TlsFiles(certificate, key, Optional.empty()))) {
            replace(key, keda.key());
            replace(certificate, keda.certificate());

            Await.until("the new certificate to be shown", PATIENCE, () -> {
                try {
                    return isActive(server, trusting(keda), "keda");
                } catch (StatusRuntimeException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void aFileThatIsNoCertificateIsToldAtTheStart() throws Exception {
        Path certificate = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

        assertThatThrownBy(() -> started(new TlsFiles(certificate, own.key(), Optional.empty())))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static ScalerServer started(Optional<Path> clientCa) throws Exception {
        return started(new TlsFiles(own.certificate(), own.key(), clientCa));
    }

    private static ScalerServer started(TlsFiles files) throws Exception {
        FakeAnswers answers = new FakeAnswers();
        answers.say(new ScaledObjectKey("shop", "orders"), new Answer.Wanted(true, 1));
        ScalerServer.Settings settings = new ScalerServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(files),
                new AllowList(List.of()),
                PATIENCE,
                Duration.ofMinutes(30),
                Duration.ofMillis(100));
        return ScalerServer.start(
                settings, new TriggerReader(Set.of("main"), Set.of()), answers, new PrometheusRegistry());
    }

    private static ChannelCredentials trusting(Certificates server) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(server.certificate().toFile())
                .build();
    }

    private static ChannelCredentials showing(Certificates client) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(own.certificate().toFile())
                .keyManager(client.certificate().toFile(), client.key().toFile())
                .build();
    }

    private static boolean isActive(ScalerServer server, ChannelCredentials credentials) {
        return isActive(server, credentials, "localhost");
    }

    private static boolean isActive(ScalerServer server, ChannelCredentials credentials, String host) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress("localhost", server.port(), credentials)
                .overrideAuthority(host)
                .build();
        try {
            return ExternalScalerGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .isActive(ScaledObjectRef.newBuilder()
                            .setNamespace("shop")
                            .setName("orders")
                            .putScalerMetadata("consumerGroup", "g")
                            .putScalerMetadata("topics", "orders")
                            .build())
                    .getResult();
        } finally {
            channel.shutdownNow();
        }
    }

    private static void replace(Path file, Path by) throws IOException {
        Path copied = Files.copy(by, file.resolveSibling("next"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copied, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
