package dev.weft.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a config may set. */
final class HeaderNames {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final String CLIENT = "none: the client sets it";
    private static final Map<String, String> OWNED = Map.of(
            "authorization", "auth instead",
            "idempotency-key", "none: it is the same in every attempt to deliver an event",
            "host", "none: the URL says it");
    private static final Set<String> CONNECTION = Set.of(
            "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings");

    private HeaderNames() {}

    /** Returns why the header cannot be set, ready to stand after the word "expected". */
    static Optional<String> whyNotSet(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("a name of letters, digits and hyphens");
        }
        if (lower.startsWith("ce-") || lower.startsWith("content-")) {
            return Optional.of("none: the event says it");
        }
        if (CONNECTION.contains(lower) || lower.startsWith("proxy-")) {
            return Optional.of(CLIENT);
        }
        return Optional.ofNullable(OWNED.get(lower));
    }

    /** Returns the name if a key may stand in a header of that name. */
    static Optional<String> authName(String name) {
        return Optional.of(name)
                .filter(it ->
                        it.equalsIgnoreCase("authorization") || whyNotSet(it).isEmpty());
    }

    /** Whether a header of that name holds a secret, as far as its name says. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("secret")
                || lower.contains("token")
                || lower.contains("password")
                || lower.contains("api-key")
                || lower.contains("apikey")
                || lower.equals("cookie");
    }
}
