package dev.weft.http;

import dev.weft.config.SecretText;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * PEM files, read where the call is made, and again when they have changed.
 *
 * @param ca certificates that are trusted; null for those that Java trusts
 * @param certificate our certificate, with those that lead to the root; null for none
 * @param key its key, in PKCS #8; null exactly where there is no certificate
 * @param keyPassword null where the key is not encrypted
 */
public record TlsFiles(
        @Nullable String ca,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable SecretText keyPassword) implements Serializable {

    /** What Java trusts, and no certificate of our own. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null, null);
}
