package dev.weft.http;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is said of an HTTP endpoint: the mapping {@code http} of a target. */
public final class HttpSettingsReader {

    private static final String URL = "a URL such as https://billing.shop/events, without user, password and fragment";
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_AT_ONCE = 10_000;
    private static final long LARGEST = 64_000_000;
    private static final Map<String, HttpProtocol> VERSIONS = versions();

    private final Problems problems;
    private final SecretFields secrets;

    private HttpSettingsReader(Problems problems) {
        this.problems = problems;
        this.secrets = new SecretFields(problems);
    }

    /** Returns the settings, or nothing where the address is not right: there are problems then. Closes the fields. */
    public static Optional<HttpSettings> read(Fields fields, Problems problems) {
        return new HttpSettingsReader(problems).settings(fields);
    }

    private Optional<HttpSettings> settings(Fields fields) {
        Optional<URI> url = url(fields.required("url"));
        Optional<EventMode> mode = fields.optional("mode").oneOf(EventMode.class);
        Optional<HttpProtocol> version = version(fields);
        Optional<Duration> timeout = fields.optional("timeout").duration(SHORTEST, LONGEST);
        Optional<Duration> connectTimeout = fields.optional("connectTimeout").duration(SHORTEST, LONGEST);
        Optional<Integer> concurrency = fields.optional("concurrency").integer(1, MOST_AT_ONCE);
        Map<String, SecretText> headers =
                fields.optional("headers").fields().map(this::headers).orElse(Map.of());
        HttpAuth auth = fields.optional("auth").fields().flatMap(this::auth).orElse(null);
        boolean overTls =
                url.isEmpty() || isTls(url.get()) || auth instanceof HttpAuth.OAuth2 it && isTls(it.tokenUrl());
        TlsFiles tls =
                fields.optional("tls").fields().map(it -> tls(it, overTls)).orElse(TlsFiles.NONE);
        Optional<RedirectPolicy> redirects = fields.optional("redirects").oneOf(RedirectPolicy.class);
        Optional<Long> maxResponse = fields.optional("maxResponseBytes").size(0, LARGEST);
        fields.close();
        return url.map(HttpSettings::of)
                .map(plain -> new HttpSettings(
                        plain.url(),
                        mode.orElse(plain.mode()),
                        version.orElse(plain.version()),
                        timeout.orElse(plain.timeout()),
                        connectTimeout.orElse(plain.connectTimeout()),
                        concurrency.orElse(plain.concurrency()),
                        headers,
                        auth,
                        tls,
                        redirects.orElse(plain.redirects()),
                        maxResponse.map(Long::intValue).orElse(plain.maxResponseBytes())));
    }

    private static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** A URL may hold a password where none belongs: then it is not shown. */
    private Optional<URI> url(Field field) {
        return field.node(URL).flatMap(at -> {
            URI url = at instanceof Scalar scalar && scalar.value() instanceof String text ? parsed(text) : null;
            if (url != null && url.getRawUserInfo() != null) {
                problems.add(at, "a URL with a user or password", URL + ": they belong in auth.basic");
                return Optional.empty();
            }
            boolean fits = url != null
                    && Set.of("http", "https")
                            .contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))
                    && url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= 65535
                    && url.getRawFragment() == null;
            if (!fits) {
                boolean mayHoldSecret =
                        at instanceof Scalar scalar && scalar.text().contains("@");
                problems.add(at, mayHoldSecret ? "no URL" : at.described(), URL);
                return Optional.empty();
            }
            return Optional.ofNullable(url);
        });
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Map<String, HttpProtocol> versions() {
        Map<String, HttpProtocol> versions = new LinkedHashMap<>();
        versions.put("auto", HttpProtocol.AUTO);
        versions.put("1.1", HttpProtocol.HTTP_1_1);
        versions.put("2", HttpProtocol.HTTP_2);
        return versions;
    }

    private static Optional<HttpProtocol> version(Fields fields) {
        return fields.optional("version")
                .parsed("one of auto, \"1.1\", \"2\"", text -> Optional.ofNullable(VERSIONS.get(text)));
    }

    private Map<String, SecretText> headers(Fields fields) {
        Map<String, SecretText> headers = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            String name = member.getKey();
            Optional<String> refusal = HeaderNames.whyNotSet(name);
            if (refusal.isPresent()) {
                problems.add(fields.keyAt(name), member.getValue().path(), "the header " + name, refusal.get());
            } else {
                secrets.read(member.getValue(), HeaderNames.isSecret(name))
                        .ifPresent(value -> headers.put(name, value));
            }
        }
        return headers;
    }

    private Optional<HttpAuth> auth(Fields fields) {
        List<String> known = List.of("basic", "bearer", "apiKey", "oauth2");
        List<String> present = known.stream().filter(fields::has).toList();
        Optional<HttpAuth> basic = fields.optional("basic").fields().flatMap(this::basic);
        Optional<HttpAuth> bearer = fields.optional("bearer").fields().flatMap(this::bearer);
        Optional<HttpAuth> apiKey = fields.optional("apiKey").fields().flatMap(this::apiKey);
        Optional<HttpAuth> oauth2 = fields.optional("oauth2").fields().flatMap(this::oauth2);
        fields.close();
        if (present.size() > 1) {
            problems.add(fields.node(), String.join(" and ", present), "exactly one of " + String.join(", ", known));
        } else if (present.isEmpty() && fields.members().isEmpty()) {
            problems.add(fields.node(), "nothing", Nearest.list(known));
        }
        return basic.or(() -> bearer).or(() -> apiKey).or(() -> oauth2);
    }

    private Optional<HttpAuth> basic(Fields fields) {
        Optional<SecretText> user = secrets.read(fields.required("user"), false);
        Optional<SecretText> password = secrets.read(fields.required("password"), true);
        fields.close();
        return user.flatMap(name -> password.map(secret -> new HttpAuth.Basic(name, secret)));
    }

    private Optional<HttpAuth> bearer(Fields fields) {
        Optional<SecretText> token = secrets.read(fields.required("token"), true);
        fields.close();
        return token.map(HttpAuth.Bearer::new);
    }

    private Optional<HttpAuth> apiKey(Fields fields) {
        boolean inQuery = fields.has("query");
        Optional<String> header = fields.optional("header").parsed("the name of a header", HeaderNames::authName);
        Optional<String> query = fields.optional("query").text();
        Optional<SecretText> value = secrets.read(fields.required("value"), true);
        fields.close();
        if (inQuery == fields.has("header")) {
            problems.add(
                    fields.node(), inQuery ? "header and query" : "neither header nor query", "one of header, query");
        }
        return value.flatMap(secret -> inQuery
                ? query.map(name -> new HttpAuth.QueryKey(name, secret))
                : header.map(name -> new HttpAuth.HeaderKey(name, secret)));
    }

    private Optional<HttpAuth> oauth2(Fields fields) {
        Optional<URI> tokenUrl = url(fields.required("tokenUrl"));
        Optional<SecretText> clientId = secrets.read(fields.required("clientId"), false);
        Optional<SecretText> clientSecret = secrets.read(fields.required("clientSecret"), true);
        String scope = fields.optional("scope").text().orElse(null);
        String audience = fields.optional("audience").text().orElse(null);
        fields.close();
        if (tokenUrl.isEmpty() || clientId.isEmpty() || clientSecret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HttpAuth.OAuth2(tokenUrl.get(), clientId.get(), clientSecret.get(), scope, audience));
    }

    private TlsFiles tls(Fields fields, boolean overTls) {
        Optional<String> ca = fields.optional("ca").text();
        Optional<String> certificate = fields.optional("certificate").text();
        Optional<String> key = fields.optional("key").text();
        Optional<SecretText> password = secrets.read(fields.optional("keyPassword"), true);
        fields.close();
        if (!overTls) {
            problems.add(fields.node(), "tls for a URL without TLS", "a URL that starts with https://");
        }
        for (String[] pair : new String[][] {{"certificate", "key"}, {"key", "certificate"}, {"keyPassword", "key"}}) {
            if (fields.has(pair[0]) && !fields.has(pair[1])) {
                problems.add(new Problem(
                        fields.keyAt(pair[0]),
                        fields.path(pair[0]),
                        pair[0] + " without " + pair[1],
                        "both, or neither",
                        Optional.empty()));
            }
        }
        return new TlsFiles(ca.orElse(null), certificate.orElse(null), key.orElse(null), password.orElse(null));
    }
}
