package dev.weft.workflow.call;

import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server wants to know (RFC 7616): MD5 or SHA-256, with {@code qop=auth} or, as RFC 2069 has it, without.
 *
 * @param algorithm as the server names it
 */
record DigestChallenge(String realm, String nonce, String algorithm, boolean qop, Optional<String> opaque) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^,\\s]+))");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FIRST = "00000001";

    /** Returns the first challenge of an answer that can be met. */
    static Optional<DigestChallenge> of(HttpReply reply) {
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("www-authenticate"))
                .map(HttpHeader::value)
                .filter(value -> value.regionMatches(true, 0, "digest ", 0, 7))
                .flatMap(value -> parsed(value.substring(7)).stream())
                .findFirst();
    }

    private static Optional<DigestChallenge> parsed(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        String algorithm = parameters.getOrDefault("algorithm", "MD5");
        boolean known = algorithm.equalsIgnoreCase("MD5") || algorithm.equalsIgnoreCase("SHA-256");
        String qop = parameters.get("qop");
        boolean auth = qop != null && qop.matches("(?i)(.*[, ])?auth([, ].*)?");
        return realm == null || nonce == null || !known || (qop != null && !auth)
                ? Optional.empty()
                : Optional.of(new DigestChallenge(
                        realm, nonce, algorithm, auth, Optional.ofNullable(parameters.get("opaque"))));
    }

    /** Returns the header that answers it. */
    String authorization(Authentication.Digest who, String method, String target) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String own = HexFormat.of().formatHex(random);
        String secret = hash(who.user() + ":" + realm + ":" + who.password());
        String request = hash(method + ":" + target);
        String middle = qop ? nonce + ":" + FIRST + ":" + own + ":auth" : nonce;
        StringBuilder header = new StringBuilder("Digest username=\"")
                .append(who.user().replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\", realm=\"")
                .append(realm)
                .append("\", nonce=\"")
                .append(nonce)
                .append("\", uri=\"")
                .append(target)
                .append("\", algorithm=")
                .append(algorithm)
                .append(", response=\"")
                .append(hash(secret + ":" + middle + ":" + request))
                .append('"');
        opaque.ifPresent(it -> header.append(", opaque=\"").append(it).append('"'));
        if (qop) {
            header.append(", qop=auth, nc=" + FIRST + ", cnonce=\"").append(own).append('"');
        }
        return header.toString();
    }

    private String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT))
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5 and SHA-256", e);
        }
    }
}
