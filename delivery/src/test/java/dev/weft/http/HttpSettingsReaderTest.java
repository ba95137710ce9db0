package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.SecretText;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsReaderTest {

    private final Problems problems = new Problems();

    @Test
    void anAddressIsEnough() {
        HttpSettings settings = read("{ url: 'https://billing.shop/events' }").orElseThrow();

        assertThat(settings).isEqualTo(HttpSettings.of(settings.url()));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        HttpSettings settings = read("""
                url: https://billing.shop/events
                mode: structured
                version: "2"
                timeout: 10s
                connectTimeout: 1s
                concurrency: 8
                headers: { X-Shop: main, X-Api-Key: "${env:KEY}" }
                auth: { oauth2: { tokenUrl: "https://id.shop/token", clientId: weft, clientSecret: "${env:S}", scope: a b } }
                tls: { ca: /etc/ca.pem, certificate: /etc/c.pem, key: /etc/k.pem, keyPassword: "${file:/p}" }
                redirects: same-origin
                maxResponseBytes: 10KB
                """).orElseThrow();

        assertThat(problems.inReadingOrder()).isEmpty();
        assertThat(settings.mode()).isEqualTo(EventMode.STRUCTURED);
        assertThat(settings.version()).isEqualTo(HttpProtocol.HTTP_2);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.headers())
                .containsExactly(
                        Map.entry("X-Shop", new SecretText("main")),
                        Map.entry("X-Api-Key", new SecretText("${env:KEY}")));
        assertThat(settings.auth()).isInstanceOf(HttpAuth.OAuth2.class);
        assertThat(settings.tls().key()).isEqualTo("/etc/k.pem");
        assertThat(settings.redirects()).isEqualTo(RedirectPolicy.SAME_ORIGIN);
        assertThat(settings.maxResponseBytes()).isEqualTo(10_000);
        assertThat(overTheWire(settings)).isEqualTo(settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ url: ftp://a/b } | $.url: found \"ftp://a/b\", expected a URL such as",
                "{ url: 'https://me:s3cret@a/' } | $.url: found a URL with a user or password, expected a URL",
                "{ url: 'https://a/#f' } | $.url: found",
                "{ url: http://a/, mode: binry } | Did you mean \"binary\"?",
                "{ url: http://a/, version: 2 } | expected one of auto, \"1.1\", \"2\", in quotes",
                "{ url: http://a/, timeout: 1h } | expected from 10ms to 10m",
                "{ url: http://a/, concurrency: 0 } | expected a whole number from 1 to 10000",
                "{ url: http://a/, headers: { ce-id: x } } | found the header ce-id, expected none: the event says it",
                "{ url: http://a/, headers: { X-Api-Key: s3cret } } | found a secret written out, expected a reference",
                "{ url: http://a/, headers: { Authorization: x } } | expected auth instead",
                "{ url: http://a/, auth: { bearer: { token: s3cret } } } | found a secret written out",
                "{ url: http://a/, auth: { bearer: { token: '${env:T}' }, basic: { user: u, password: '${env:P}' } } } | found basic and bearer, expected exactly one of",
                "{ url: http://a/, auth: {} } | $.auth: found nothing, expected one of basic",
                "{ url: http://a/, auth: { apiKey: { value: '${env:K}' } } } | found neither header nor query",
                "{ url: http://a/, tls: { ca: /ca.pem } } | found tls for a URL without TLS",
                "{ url: https://a/, tls: { key: /k.pem } } | found key without certificate, expected both, or neither",
                "{ url: http://a/, redirects: all } | expected one of none, same-origin",
                "{ url: http://a/, maxResponseBytes: 1GB } | expected from 0B to 64MB"
            })
    void saysWhatIsWrong(String yaml, String message) {
        var unused = read(yaml);

        assertThat(messages()).contains(message).doesNotContain("s3cret");
    }

    @Test
    void readsWhichAddressesMayBeCalled() {
        AddressPolicy policy = NetworkReader.read(
                fields("{ allowHosts: ['*.Shop', billing.internal], allowLinkLocal: true }"), problems);

        assertThat(problems.isEmpty()).isTrue();
        assertThat(policy)
                .isEqualTo(new AddressPolicy(List.of("*.shop", "billing.internal"), AddressPolicy.Refused.NOWHERE));
    }

    @ParameterizedTest
    @CsvSource({"'http://a'", "'*'", "'a.*.b'", "'a/b'", "'a:80x'"})
    void aHostIsNoUrlAndHasItsStarInFront(String host) {
        var unused = NetworkReader.read(fields("{ allowHosts: ['" + host + "'] }"), problems);

        assertThat(messages()).contains("expected a host such as billing.shop, or *.shop for all below shop");
    }

    private Optional<HttpSettings> read(String yaml) {
        return HttpSettingsReader.read(fields(yaml), problems);
    }

    private Fields fields(String yaml) {
        Node node =
                YamlReader.read("t.yaml", yaml, Substitution.none(), problems).orElseThrow();
        return Fields.of(node, problems);
    }

    private String messages() {
        return problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    private static Object overTheWire(HttpSettings settings) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(settings);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
