package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.SecretText;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.function.FunctionTerms;
import dev.weft.function.TypePattern;
import dev.weft.http.HttpAuth;
import dev.weft.http.HttpProtocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteEndpointReaderTest {

    private final Problems problems = new Problems();

    @Test
    void functionsAndAnAddressAreEnough() {
        RemoteEndpoint endpoint =
                read("{ functions: shop.de/*, url: 'http://functions/call' }").orElseThrow();

        assertThat(problems.inReadingOrder()).isEmpty();
        assertThat(endpoint.functions()).isEqualTo(new TypePattern("shop.de", null));
        assertThat(endpoint.urlTemplate()).isEqualTo("http://functions/call");
        assertThat(endpoint.http().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(endpoint.http().concurrency()).isEqualTo(1024);
        assertThat(endpoint.http().maxResponseBytes()).isEqualTo(32 << 20);
        FunctionTerms usual = FunctionTerms.USUAL;
        assertThat(endpoint.terms())
                .isEqualTo(new FunctionTerms(
                        usual.maxBatch(),
                        usual.concurrency(),
                        usual.timeout(),
                        20,
                        usual.firstDelay(),
                        usual.longestDelay(),
                        usual.maxValueBytes(),
                        usual.maxValuesBytes()));
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        RemoteEndpoint endpoint = read("""
                functions: shop/score
                url: https://functions.shop/{function.name}
                version: "2"
                timeout: 10s
                connectTimeout: 1s
                concurrency: 8
                maxBatch: 50
                retry: { maxAttempts: 3, base: 20s, cap: 30s }
                headers: { X-Shop: main }
                auth: { bearer: { token: "${env:TOKEN}" } }
                tls: { ca: /etc/ca.pem }
                maxResponseBytes: 1MB
                maxValueBytes: 64KiB
                """).orElseThrow();

        assertThat(problems.inReadingOrder()).isEmpty();
        assertThat(endpoint.functions()).isEqualTo(new TypePattern("shop", "score"));
        assertThat(endpoint.urlTemplate()).isEqualTo("https://functions.shop/{function.name}");
        assertThat(endpoint.http().url()).hasToString("https://functions.shop/name");
        assertThat(endpoint.http().version()).isEqualTo(HttpProtocol.HTTP_2);
        assertThat(endpoint.http().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(endpoint.http().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(endpoint.http().headers()).isEqualTo(Map.of("X-Shop", new SecretText("main")));
        assertThat(endpoint.http().auth()).isEqualTo(new HttpAuth.Bearer(new SecretText("${env:TOKEN}")));
        assertThat(endpoint.http().tls().ca()).isEqualTo("/etc/ca.pem");
        assertThat(endpoint.http().maxResponseBytes()).isEqualTo(1_000_000);
        assertThat(overTheWire(endpoint)).isEqualTo(endpoint);
        assertThat(endpoint.terms())
                .isEqualTo(new FunctionTerms(
                        50,
                        8,
                        Duration.ofSeconds(10),
                        3,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        64 << 10,
                        FunctionTerms.USUAL.maxValuesBytes()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ url: http://a/ } | e.yaml:1:1: $.functions: found nothing, expected namespace/name, or namespace/* for all functions of a namespace",
                "{ functions: score, url: http://a/ } | e.yaml:1:14: $.functions: found \"score\", expected namespace/name, or namespace/* for all functions of a namespace",
                "{ functions: shop/sc*, url: http://a/ } | e.yaml:1:14: $.functions: found \"shop/sc*\", expected namespace/name, or namespace/* for all functions of a namespace",
                "{ functions: a/*, ulr: http://a/, timeout: 5x } | e.yaml:1:19: $.ulr: found unknown key \"ulr\", expected one of functions, url, version, timeout, connectTimeout, concurrency, headers, auth, tls, maxResponseBytes, maxBatch, maxValueBytes, retry. Did you mean \"url\"? & e.yaml:1:44: $.timeout: found \"5x\", expected a duration such as 10s, 1m30s, 500ms, 1h or 2d",
                "{ functions: a/*, url: 'ftp://a/{function.name}' } | e.yaml:1:24: $.url: found \"ftp://a/{function.name}\", expected a URL such as https://billing.shop/events, without user, password and fragment",
                "{ functions: a/*, url: 'http://a/{name}' } | e.yaml:1:24: $.url: found \"http://a/{name}\", expected a URL such as https://billing.shop/events, without user, password and fragment",
                "{ functions: a/*, url: http://a/, timeout: 1h } | e.yaml:1:44: $.timeout: found \"1h\", expected from 10ms to 10m",
                "{ functions: a/*, url: http://a/, maxBatch: 0 } | e.yaml:1:45: $.maxBatch: found the number 0, expected a whole number from 1 to 100000",
                "{ functions: a/*, url: http://a/, retry: { base: 2s, cap: 1s } } | e.yaml:1:54: $.retry.cap: found less than base, expected a cap that is not below base",
                "{ functions: a/*, url: http://a/, retry: { on: [503] } } | e.yaml:1:44: $.retry.on: found unknown key \"on\", expected one of maxAttempts, base, cap",
                "{ functions: a/*, url: http://a/, mode: binary } | e.yaml:1:35: $.mode: found unknown key \"mode\", expected one of functions, url, version, timeout, connectTimeout, concurrency, headers, auth, tls, maxResponseBytes, maxBatch, maxValueBytes, retry",
                "[] | e.yaml:1:1: $: found an empty list, expected a mapping"
            })
    void saysWhatIsWrong(String yaml, String message) {
        var unused = read(yaml);

        assertThat(messages()).isEqualTo(message.replace(" & ", "\n"));
    }

    private Optional<RemoteEndpoint> read(String yaml) {
        Node node =
                YamlReader.read("e.yaml", yaml, Substitution.none(), problems).orElseThrow();
        return RemoteEndpointReader.read(Fields.of(node, problems), problems);
    }

    private static Object overTheWire(RemoteEndpoint endpoint) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(endpoint);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private String messages() {
        return problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }
}
