package dev.weft.scale.cli;

import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.scale.grpc.PemFiles;
import dev.weft.scale.rest.Authorities;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes of files in PEM what the JDK connects with. */
final class PemContext {

    private static final char[] PASSWORD = {};

    private PemContext() {}

    /**
     * Reads the files.
     *
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if one is not what it should be
     */
    static SSLContext of(ClientTls tls) throws IOException, GeneralSecurityException {
        return tls.shown().isPresent()
                ? Authorities.in(tls.ca(), keys(tls.shown().get()))
                : Authorities.in(tls.ca());
    }

    private static KeyManager[] keys(ClientTls.Identity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", PemFiles.privateKey(identity.key()), PASSWORD, PemFiles.certificates(identity.certificate()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys.getKeyManagers();
    }
}
