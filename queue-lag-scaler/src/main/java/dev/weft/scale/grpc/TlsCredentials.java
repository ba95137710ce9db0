package dev.weft.scale.grpc;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server shows of {@link TlsFiles}, and whom it lets in. gRPC can look at files again by itself, but only each
 * minute, and not if only one of the two was written.
 */
final class TlsCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(TlsCredentials.class);

    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager clients;
    private final TlsFiles files;
    private @Nullable Contents newest;
    private @Nullable String trouble;

    private record Contents(X509Certificate[] chain, PrivateKey key, Optional<X509Certificate[]> clientCa) {

        boolean isSameAs(@Nullable Contents other) {
            return other != null
                    && Arrays.equals(chain, other.chain)
                    && key.equals(other.key)
                    && Arrays.equals(clientCa.orElse(null), other.clientCa.orElse(null));
        }
    }

    private TlsCredentials(TlsFiles files) throws GeneralSecurityException {
        this.files = files;
        this.clients = AdvancedTlsX509TrustManager.newBuilder()
                .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
                .build();
    }

    /**
     * Reads the files now, and again whenever {@code every} has passed; what cannot be read then changes nothing.
     *
     * @throws IOException if one cannot be read now
     * @throws GeneralSecurityException if one is not what it should be
     */
    static ServerCredentials reloading(TlsFiles files, Duration every, ScheduledExecutorService timers)
            throws IOException, GeneralSecurityException {
        TlsCredentials own = new TlsCredentials(files);
        own.load();
        var unused =
                timers.scheduleWithFixedDelay(own::reload, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(own.identity);
        if (files.clientCa().isPresent()) {
            credentials.trustManager(own.clients).clientAuth(ClientAuth.REQUIRE);
        }
        return credentials.build();
    }

    private void load() throws IOException, GeneralSecurityException {
        Optional<X509Certificate[]> authorities = files.clientCa().isPresent()
                ? Optional.of(PemFiles.certificates(files.clientCa().get()))
                : Optional.empty();
        Contents read =
                new Contents(PemFiles.certificates(files.certificate()), PemFiles.privateKey(files.key()), authorities);
        if (read.isSameAs(newest)) {
            return;
        }
        identity.updateIdentityCredentials(read.chain(), read.key());
        if (authorities.isPresent()) {
            clients.updateTrustCredentials(authorities.get());
        }
        if (newest != null) {
            LOG.info("TLS: {} was read again", files.certificate());
        }
        newest = read;
    }

    private void reload() {
        try {
            load();
            trouble = null;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (!String.valueOf(e).equals(trouble)) {
                trouble = String.valueOf(e);
                LOG.warn("TLS: files cannot be read again; what was read before still holds", e);
            }
        }
    }
}
