package dev.weft.scale.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to trust instead of those the JVM trusts. */
public final class Authorities {

    private Authorities() {}

    /**
     * Returns what trusts servers whose certificate is of one of the authorities in a file.
     *
     * @param pem certificates in PEM, at least one
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if there is something else in it
     */
    public static SSLContext in(Path pem) throws IOException, GeneralSecurityException {
        return in(pem, null);
    }

    /** As {@link #in(Path)}; servers that want to see a certificate are shown one of {@code shown}. */
    public static SSLContext in(Path pem, KeyManager @Nullable [] shown) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("no certificate in " + pem);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, factory.getTrustManagers(), null);
        return context;
    }
}
