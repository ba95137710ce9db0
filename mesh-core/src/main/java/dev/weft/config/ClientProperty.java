package dev.weft.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a file may say of how a client, such as Kafka's, is set up: everything, but no secret written out. */
public final class ClientProperty {

    private static final Set<String> SECRETS = Set.of("ssl.keystore.key", "basic.auth.user.info");

    /** A dollar brace that starts neither reference; Kafka's own providers have other names, such as vault. */
    private static final Pattern NO_REFERENCE = Pattern.compile("\\$\\{(?!env:[^}]+}|file:/[^}]+})");

    private ClientProperty() {}

    /** What is wrong with a value; both texts complete "found ..., expected ...". */
    public record Objection(String found, String expected) {}

    /**
     * Returns what is wrong with a value, if anything is. The answer does not repeat what may be a secret.
     *
     * @param key says whether the value is secret: by the words password and secret in it, or as one of Kafka's
     */
    public static Optional<Objection> objection(String key, String value) {
        if (NO_REFERENCE.matcher(value).find()) {
            return Optional.of(
                    new Objection("${ without a name that can be looked up", "${NAME}, ${env:NAME} or ${file:/path}"));
        }
        if (isSecret(key, value) && !new SecretText(value).hasReference()) {
            return Optional.of(new Objection("a secret written out", "a reference: ${env:NAME} or ${file:/path}"));
        }
        return Optional.empty();
    }

    /** A login module's line is secret only if it holds one: with a Kerberos key tab it does not. */
    private static boolean isSecret(String key, String value) {
        String held = key.endsWith("sasl.jaas.config") ? value.toLowerCase(Locale.ROOT) : key;
        return SECRETS.contains(key) || held.contains("password") || held.contains("secret");
    }
}
