package dev.weft.function.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A URL in which {@code {function.name}} stands for the name of the function that is called. */
final class UrlTemplate {

    /** As Apache StateFun writes it. */
    static final String NAME = "{function.name}";

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"; // RFC 3986, section 2.3

    /** Segments that mean another path than they say. */
    private static final Set<String> STEPS = Set.of(".", "..");

    private final String template;

    UrlTemplate(String template) {
        this.template = template;
    }

    /** Whether each name has a URL of its own. */
    boolean isByName() {
        return template.contains(NAME);
    }

    /**
     * Returns the URL of the function of that name, whose characters mean nothing in it but themselves; nothing where
     * there is no such URL, as the name is no part of a path or, where it stands there, of a host.
     */
    Optional<URI> of(String name) {
        if (isByName() && STEPS.contains(name)) {
            return Optional.empty();
        }
        try {
            URI url = new URI(template.replace(NAME, encoded(name)));
            return Optional.of(url).filter(it -> it.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b & 0xff));
            }
        }
        return encoded.toString();
    }
}
