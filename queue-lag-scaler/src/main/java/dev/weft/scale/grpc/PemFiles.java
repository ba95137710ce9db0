package dev.weft.scale.grpc;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Reads certificates and keys in PEM. What is wrong is said with the file's name. */
public final class PemFiles {

    private PemFiles() {}

    /** Returns the certificates of a file, of which there is at least one. */
    public static X509Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        X509Certificate[] certificates = read(file, CertificateUtils::getX509Certificates);
        if (certificates.length == 0) {
            throw new GeneralSecurityException(file + ": found no certificate, expected at least one in PEM");
        }
        return certificates;
    }

    /** Returns the private key of a file, which must be PKCS #8 and without a password. */
    public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        return read(file, CertificateUtils::getPrivateKey);
    }

    private interface Parser<T> {
        T parse(InputStream in) throws IOException, GeneralSecurityException;
    }

    private static <T> T read(Path file, Parser<T> parser) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return parser.parse(in);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new GeneralSecurityException(file + ": found no certificate or key in PEM: " + e.getMessage(), e);
        }
    }
}
