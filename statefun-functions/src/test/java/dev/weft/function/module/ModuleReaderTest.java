package dev.weft.function.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import dev.weft.config.Substitution;
import dev.weft.function.FunctionType;
import dev.weft.function.TypePattern;
import dev.weft.function.module.KafkaIngress.Otherwise;
import dev.weft.function.module.StartPosition.Partition;
import dev.weft.function.remote.RemoteEndpoint;
import dev.weft.http.TlsFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleReaderTest {

    private static final String SHOP = """
            kind: io.statefun.endpoints.v2/http
            spec:
              functions: shop/*
              urlPathTemplate: https://functions.shop/{function.name}
              maxNumBatchRequests: 10000
              transport:
                type: io.statefun.transports.v1/async
                call: 3 min
                connect: 5s
                pool_ttl: 15s
                pool_size: 300
                payload_max_bytes: 1000000
                trust_cacerts: /etc/ca.pem
                client_cert: /etc/c.pem
                client_key: /etc/k.pem
                client_key_password: /run/secrets/password
            ---
            kind: io.statefun.kafka.v1/ingress
            spec:
              id: shop/orders
              address: ${KAFKA}
              consumerGroupId: shop
              startupPosition: { type: earliest }
              autoOffsetResetPosition: earliest
              topics:
                - topic: orders
                  valueType: shop/Order
                  targets: [shop/score, shop/stock]
                - topic: returns
                  valueType: io.statefun.types/string
                  targets:
                    - shop/stock
              properties:
                - max.poll.records: 100
                - sasl.jaas.config: ${file:/run/secrets/jaas}
            ---
            kind: io.statefun.kafka.v1/egress
            spec:
              id: shop/mails
              address: "kafka-1:9092,kafka-0:9092"
              deliverySemantic:
                type: exactly-once
                transactionTimeout: 15min
              properties:
                - linger.ms: 5
            ---
            """;

    @Test
    void readsDocuments() {
        ModuleFile module = module(SHOP);

        RemoteEndpoint endpoint = module.endpoints().get(0);
        assertThat(endpoint.functions()).isEqualTo(new TypePattern("shop", null));
        assertThat(endpoint.urlTemplate()).isEqualTo("https://functions.shop/{function.name}");
        assertThat(endpoint.terms().maxBatch()).isEqualTo(10_000);
        assertThat(endpoint.terms().concurrency()).isEqualTo(300);
        assertThat(endpoint.http().timeout()).isEqualTo(Duration.ofMinutes(3));
        assertThat(endpoint.http().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(endpoint.http().maxResponseBytes()).isEqualTo(1_000_000);
        assertThat(endpoint.http().tls())
                .isEqualTo(new TlsFiles(
                        "/etc/ca.pem", "/etc/c.pem", "/etc/k.pem", new SecretText("${file:/run/secrets/password}")));

        KafkaIngress ingress = module.ingresses().get(0);
        assertThat(ingress.at().at().line()).isEqualTo(20);
        assertThat(ingress.id()).isEqualTo(new FunctionType("shop", "orders"));
        assertThat(ingress.bootstrap()).containsExactly("kafka-0:9092", "kafka-1:9092");
        assertThat(ingress.group()).isEqualTo("shop");
        assertThat(ingress.start()).isEqualTo(StartPosition.At.EARLIEST);
        assertThat(ingress.otherwise()).isEqualTo(Otherwise.EARLIEST);
        assertThat(texts(ingress.properties()))
                .isEqualTo(Map.of("max.poll.records", "100", "sasl.jaas.config", "${file:/run/secrets/jaas}"));
        assertThat(ingress.topics()).extracting(KafkaIngress.Topic::name).containsExactly("orders", "returns");
        assertThat(ingress.topics().get(0).valueType()).isEqualTo(new FunctionType("shop", "Order"));
        assertThat(ingress.topics().get(0).targets())
                .containsExactly(new FunctionType("shop", "score"), new FunctionType("shop", "stock"));

        KafkaEgress egress = module.egresses().get(0);
        assertThat(egress.id()).isEqualTo(new FunctionType("shop", "mails"));
        assertThat(egress.semantic()).isEqualTo(KafkaEgress.Semantic.EXACTLY_ONCE);
        assertThat(egress.transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(texts(egress.properties())).isEqualTo(Map.of("linger.ms", "5"));
    }

    @Test
    void readsTheFormWithOneRoot() {
        ModuleFile module = module("""
                version: "3.0"
                module:
                  meta:
                    type: remote
                  spec:
                    endpoints:
                      - endpoint:
                          meta: { kind: http }
                          spec:
                            functions: shop/score
                            urlPathTemplate: http://functions.shop:8080/
                            timeouts: { call: 2minutes, connect: 1s, read: 3s, write: 4s }
                    ingresses:
                      - ingress:
                          meta: { type: io.statefun.kafka/ingress, id: shop/orders }
                          spec:
                            address: kafka:9092
                            topics: [{ topic: orders, valueType: shop/Order, targets: [shop/score] }]
                    egresses:
                      - egress:
                          meta: { type: io.statefun.kafka/egress, id: shop/mails }
                          spec:
                            address: kafka:9092
                            deliverySemantic: { type: exactly-once, transactionTimeoutMillis: 100000 }
                """);

        assertThat(module.endpoints().get(0).functions()).isEqualTo(new TypePattern("shop", "score"));
        assertThat(module.endpoints().get(0).http().timeout())
                .as("until the answer would have begun")
                .isEqualTo(Duration.ofSeconds(8));
        assertThat(module.ingresses().get(0).id()).isEqualTo(new FunctionType("shop", "orders"));
        assertThat(module.egresses().get(0).transactionTimeout()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void whatIsLeftOutIsAsStateFunHasIt() {
        ModuleFile module = module("""
                kind: io.statefun.endpoints.v2/http
                spec: { functions: a/*, urlPathTemplate: http://a }
                ---
                kind: io.statefun.endpoints.v1/http
                spec: { functions: b/*, urlPathTemplate: http://b }
                ---
                kind: io.statefun.endpoints.v2/http
                spec: { functions: c/*, urlPathTemplate: http://c, transport: { timeouts: { call: 5 min } } }
                ---
                kind: io.statefun.kafka.v1/ingress
                spec: { id: a/in, address: kafka:9092, topics: [{ topic: t, valueType: a/T, targets: [a/f] }] }
                ---
                kind: io.statefun.kafka.v1/egress
                spec: { id: a/out, address: kafka:9092 }
                """);

        assertThat(module.endpoints())
                .extracting(
                        endpoint -> endpoint.http().timeout(),
                        endpoint -> endpoint.http().connectTimeout())
                .containsExactly(
                        tuple(Duration.ofMinutes(2), Duration.ofSeconds(20)),
                        tuple(Duration.ofMinutes(1), Duration.ofSeconds(10)),
                        tuple(Duration.ofMinutes(5), Duration.ofSeconds(10)));
        KafkaIngress ingress = module.ingresses().get(0);
        assertThat(ingress.group()).isNull();
        assertThat(ingress.start()).isEqualTo(StartPosition.At.LATEST);
        assertThat(ingress.otherwise()).isEqualTo(Otherwise.LATEST);
        assertThat(module.egresses().get(0).semantic()).isEqualTo(KafkaEgress.Semantic.AT_LEAST_ONCE);
        assertThat(module.egresses().get(0).transactionTimeout()).isNull();
    }

    @Test
    void readingBeginsWhereTheFileSays() {
        assertThat(start("{ type: group-offsets }")).isEqualTo(StartPosition.At.GROUP_OFFSETS);
        assertThat(start("{ type: latest }")).isEqualTo(StartPosition.At.LATEST);
        assertThat(start("{ type: specific-offsets, offsets: [ { t/0: 91 }, { t/1: 0 } ] }"))
                .isEqualTo(new StartPosition.Offsets(Map.of(new Partition("t", 0), 91L, new Partition("t", 1), 0L)));
        assertThat(start("{ type: date, date: 2020-02-01 04:15:00.00 Z }"))
                .isEqualTo(new StartPosition.Since(Instant.parse("2020-02-01T04:15:00Z")));
        assertThat(start("{ type: date, date: 2020-02-01 04:15:00.500 +0100 }"))
                .isEqualTo(new StartPosition.Since(Instant.parse("2020-02-01T03:15:00.5Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "20, PT0.02S",
        "20ms, PT0.02S",
        "20 millis, PT0.02S",
        "2sec, PT2S",
        "2 seconds, PT2S",
        "2m, PT2M",
        "2 min, PT2M"
    })
    void durationsHaveManyUnits(String text, Duration timeout) {
        ModuleFile module = module("""
                kind: io.statefun.endpoints.v1/http
                spec: { functions: a/*, urlPathTemplate: http://a, timeouts: { call: %s } }
                """.formatted(text));

        assertThat(module.endpoints().get(0).http().timeout()).isEqualTo(timeout);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "io.statefun.kinesis.v1/ingress | {} | m.yaml:1:7: $.kind: found unknown kind \"io.statefun.kinesis.v1/ingress\", expected one of io.statefun.endpoints.v2/http, io.statefun.kafka.v1/ingress, io.statefun.kafka.v1/egress, io.statefun.endpoints.v1/http",
                "io.statefun.endpoints.v2/htp | {} | m.yaml:1:7: $.kind: found unknown kind \"io.statefun.endpoints.v2/htp\", expected one of io.statefun.endpoints.v2/http, io.statefun.kafka.v1/ingress, io.statefun.kafka.v1/egress, io.statefun.endpoints.v1/http. Did you mean \"io.statefun.endpoints.v2/http\"?",
                "io.statefun.endpoints.v2/http | {} | m.yaml:2:7: $.spec.functions: found nothing, expected namespace/name or namespace/* & m.yaml:2:7: $.spec.urlPathTemplate: found nothing, expected a URL",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: 'http+unix:///f.sock/f' } | m.yaml:2:42: $.spec.urlPathTemplate: found \"http+unix:///f.sock/f\", expected a URL such as https://billing.shop/events, without user, password and fragment",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, maxNumBatchRequests: -1 } | m.yaml:2:73: $.spec.maxNumBatchRequests: found the number -1, expected a whole number from 1 to 100000",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, timeouts: { call: 1s } } | m.yaml:2:52: $.spec.timeouts: found unknown key \"timeouts\", expected one of transport, functions, urlPathTemplate, maxNumBatchRequests",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { type: io.statefun.transports.v1/asynch } } | m.yaml:2:71: $.spec.transport.type: found unknown transport \"io.statefun.transports.v1/asynch\", expected one of io.statefun.transports.v1/async, io.statefun.transports.v1/okhttp. Did you mean \"io.statefun.transports.v1/async\"?",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { call: soon } } | m.yaml:2:71: $.spec.transport.call: found \"soon\", expected a duration such as 10s, 1 min or 500ms",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { call: 20 min } } | m.yaml:2:71: $.spec.transport.call: found \"20m\", expected from 10ms to 10m",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { pool_size: 0 } } | m.yaml:2:76: $.spec.transport.pool_size: found the number 0, expected a whole number from 1 to 10000",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { payload_max_bytes: 32MB } } | m.yaml:2:84: $.spec.transport.payload_max_bytes: found \"32MB\", expected a number of bytes",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: https://a, transport: { trust_cacerts: 'classpath:ca.pem' } } | m.yaml:2:81: $.spec.transport.trust_cacerts: found \"classpath:ca.pem\", expected the absolute path of a file",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: https://a, transport: { client_cert: /c.pem } } | m.yaml:2:64: $.spec.transport: found one of client_cert and client_key, or their password alone, expected both, or neither",
                "io.statefun.endpoints.v2/http | { functions: a/*, urlPathTemplate: http://a, transport: { retries: 3 } } | m.yaml:2:65: $.spec.transport.retries: found unknown key \"retries\", expected one of type, call, connect, pool_ttl, pool_size, payload_max_bytes, trust_cacerts, client_cert, client_key, client_key_password",
                "io.statefun.endpoints.v1/http | { functions: a/*, urlPathTemplate: http://a, timeouts: { total: 1s } } | m.yaml:2:64: $.spec.timeouts.total: found unknown key \"total\", expected one of call, connect, write, read",
                "io.statefun.kafka.v1/ingress | { id: in, address: kafka, topics: [] } | m.yaml:2:13: $.spec.id: found \"in\", expected namespace/name & m.yaml:2:26: $.spec.address: found \"kafka\", expected host:port, or several with commas between them & m.yaml:2:41: $.spec.topics: found an empty list, expected a list, with at least a topic",
                "io.statefun.kafka.v1/ingress | { id: a/in, address: 'k:1', topics: [{ topic: t, valueType: T, targets: [a/*] }, { topic: t, valueType: a/T, targets: [a/f] }] } | m.yaml:2:67: $.spec.topics[0].valueType: found \"T\", expected namespace/name & m.yaml:2:80: $.spec.topics[0].targets[0]: found \"a/*\", expected namespace/name & m.yaml:2:88: $.spec.topics[1]: found the topic t a second time, expected each topic once, with all its targets",
                "io.statefun.kafka.v1/ingress | { id: a/in, address: 'k:1', topics: [{ topic: t, valueType: a/T, targets: [a/f] }], startupPosition: { type: erliest } } | m.yaml:2:116: $.spec.startupPosition.type: found \"erliest\", expected one of earliest, latest, group-offsets, specific-offsets, date. Did you mean \"earliest\"?",
                "io.statefun.kafka.v1/ingress | { id: a/in, address: 'k:1', topics: [{ topic: t, valueType: a/T, targets: [a/f] }], startupPosition: { type: date, date: yesterday } } | m.yaml:2:128: $.spec.startupPosition.date: found \"yesterday\", expected a time such as 2026-11-21 08:30:00.000 Z",
                "io.statefun.kafka.v1/ingress | { id: a/in, address: 'k:1', topics: [{ topic: t, valueType: a/T, targets: [a/f] }], startupPosition: { type: specific-offsets, offsets: [{ t: 5 }] } } | m.yaml:2:149: $.spec.startupPosition.offsets[0].t: found \"t\": the number 5, expected topic/partition with an offset from 0",
                "io.statefun.kafka.v1/egress | { id: a/out, address: 'k:1', deliverySemantic: { type: exactly-once, transactionTimeout: 1s, transactionTimeoutMillis: 5 } } | m.yaml:2:100: $.spec.deliverySemantic.transactionTimeoutMillis: found transactionTimeoutMillis beside transactionTimeout, expected one of them",
                "io.statefun.kafka.v1/egress | { id: a/out, address: 'k:1', deliverySemantic: { type: twice } } | m.yaml:2:62: $.spec.deliverySemantic.type: found \"twice\", expected one of none, at-least-once, exactly-once",
                "io.statefun.kafka.v1/egress | { id: a/out, address: 'k:1', properties: { a: b } } | m.yaml:2:48: $.spec.properties: found a mapping, expected a list of properties, each with a text, a number or a boolean",
                "io.statefun.kafka.v1/egress | { id: a/out, address: 'k:1', properties: [{ a: b }, { a: c }, { d: }] } | m.yaml:2:64: $.spec.properties[1].a: found the property a a second time, expected each once & m.yaml:2:73: $.spec.properties[2].d: found null, expected text, a number or a boolean",
                "io.statefun.kafka.v1/egress | { id: a/out, address: '${kafka.address}' } | m.yaml:2:29: $.spec.address: found \"${kafka.address}\", expected ${NAME} in upper case, for a variable of the environment",
                "io.statefun.kafka.v1/egress | { id: a/out, address: '${ABSENT}' } | m.yaml:2:29: $.spec.address: found ${ABSENT}, which is not set in the environment, expected a variable that is set, or a default as in ${ABSENT:default}"
            })
    void saysWhatIsWrong(String kind, String spec, String messages) {
        assertThat(messages("kind: " + kind + "\nspec: " + spec)).isEqualTo(messages.replace(" & ", "\n"));
    }

    @Test
    void partsMustAgree() {
        assertThat(messages("""
                kind: io.statefun.kafka.v1/ingress
                spec: { id: a/in, address: "k:1,l:1", topics: [{ topic: t, valueType: a/T, targets: [a/f] }] }
                ---
                kind: io.statefun.kafka.v1/egress
                spec: { id: a/out, address: "l:1, k:1" }
                ---
                kind: io.statefun.kafka.v1/egress
                spec: { id: a/out, address: "m:1" }
                ---
                kind: io.statefun.endpoints.v2/http
                spec: { functions: a/*, urlPathTemplate: http://a }
                ---
                kind: io.statefun.endpoints.v1/http
                spec: { functions: a/*, urlPathTemplate: http://b }
                """)).isEqualTo("""
                m.yaml:8:13: $.spec.id: found "a/out" a second time, expected an id of its own for each egress
                m.yaml:8:29: $.spec.address: found "m:1", expected "k:1,l:1" as on line 2: a job has one Kafka cluster
                m.yaml:14:9: $.spec.functions: found a/* a second time, expected functions that no other endpoint names""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | m.yaml:1:1: $: found an empty file, expected a YAML or JSON document",
                "`kind: a` | m.yaml:1:1: $.spec: found nothing, expected a mapping",
                "`version: 2.0\nmodule: {}` | m.yaml:1:10: $.version: found the number 2.0, expected \"3.0\", or a file of documents with kind and spec & m.yaml:2:9: $.module.meta: found nothing, expected a mapping & m.yaml:2:9: $.module.spec: found nothing, expected a mapping",
                "`version: '3.0'\nmodule: { meta: { type: remote }, spec: { ingresses: [ { ingress: { meta: { type: statefun.kafka.io/protobuf-ingress, id: a/in }, spec: {} } } ] } }` | m.yaml:2:83: $.module.spec.ingresses[0].ingress.meta.type: found unknown kind \"statefun.kafka.io/protobuf-ingress\", expected one of io.statefun.endpoints.v2/http, io.statefun.kafka.v1/ingress, io.statefun.kafka.v1/egress, io.statefun.endpoints.v1/http",
                "`version: '3.0'\nmodule: { meta: { type: embedded }, spec: { functions: [] } }` | m.yaml:2:25: $.module.meta.type: found \"embedded\", expected remote & m.yaml:2:45: $.module.spec.functions: found unknown key \"functions\", expected one of endpoints, ingresses, egresses"
            })
    void saysWhatIsWrongWithTheWhole(String text, String messages) {
        assertThat(messages(text)).isEqualTo(messages.replace(" & ", "\n"));
    }

    private static StartPosition start(String position) {
        return module("""
                        kind: io.statefun.kafka.v1/ingress
                        spec:
                          id: a/in
                          address: kafka:9092
                          topics: [{ topic: t, valueType: a/T, targets: [a/f] }]
                          startupPosition: %s
                        """.formatted(position)).ingresses().get(0).start();
    }

    private static Map<String, String> texts(Map<String, Scalar> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, property -> property.getValue().text()));
    }

    private static ModuleFile module(String text) {
        Problems problems = new Problems();
        Optional<ModuleFile> module = read(text, problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return module.orElseThrow();
    }

    private static String messages(String text) {
        Problems problems = new Problems();
        assertThat(read(text, problems)).isEmpty();
        return problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    private static Optional<ModuleFile> read(String text, Problems problems) {
        Map<String, String> environment = Map.of("KAFKA", "kafka-0:9092,kafka-1:9092");
        return ModuleReader.read("m.yaml", text, Substitution.from(environment), problems);
    }
}
