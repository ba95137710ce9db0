package dev.weft.scale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.config.Problem;
import dev.weft.config.SecretText;
import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.scale.cli.ScalerConfig.FlinkCluster;
import dev.weft.scale.cli.ScalerConfig.KafkaCluster;
import dev.weft.scale.cli.ScalerConfig.Login;
import dev.weft.scale.cli.ScalerConfig.StateTopic;
import dev.weft.scale.grpc.AllowList;
import dev.weft.scale.grpc.TlsFiles;
import dev.weft.scale.pods.KubernetesPods;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalerConfigReaderTest {

    @Test
    void theExampleIsRead() throws Exception {
        String text = Files.readString(Path.of("examples/scaler.yaml"));

        ScalerConfig config =
                ScalerConfigReader.read("scaler.yaml", text, Map.of()).orElseThrow();

        assertThat(config)
                .isEqualTo(new ScalerConfig(
                        new InetSocketAddress("0.0.0.0", 9090),
                        new InetSocketAddress("0.0.0.0", 8080),
                        Optional.of(new TlsFiles(
                                Path.of("/etc/weft/tls/tls.crt"),
                                Path.of("/etc/weft/tls/tls.key"),
                                Optional.of(Path.of("/etc/weft/tls/ca.crt")))),
                        Map.of(
                                "main",
                                new KafkaCluster(
                                        "kafka-1:9093,kafka-2:9093",
                                        Map.of(
                                                "security.protocol",
                                                new SecretText("SASL_SSL"),
                                                "sasl.mechanism",
                                                new SecretText("SCRAM-SHA-512"),
                                                "sasl.jaas.config",
                                                new SecretText("${file:/etc/weft/kafka/jaas.conf}")))),
                        Map.of(
                                "orders",
                                new FlinkCluster(
                                        URI.create("https://orders-jobmanager:8081"),
                                        Optional.of(new Login.Basic("weft", new SecretText("${env:FLINK_PASSWORD}"))),
                                        Optional.of(new ClientTls(Path.of("/etc/weft/flink/ca.crt"), Optional.empty())),
                                        Optional.of(new KubernetesPods.Selection(
                                                Optional.of("shop"), "app=orders,component=taskmanager")))),
                        Optional.of(new StateTopic("main", "weft-scaler-state", Optional.of((short) 3))),
                        new AllowList(
                                List.of(new AllowList.Names("shop", "*"), new AllowList.Names("pay", "orders-*")))));
    }

    @Test
    void aKafkaClusterIsEnough() {
        ScalerConfig config = ScalerConfigReader.read(
                        "scaler.yaml", spec("kafka: {a: {bootstrapServers: k:9092}}"), Map.of())
                .orElseThrow();

        assertThat(config)
                .isEqualTo(new ScalerConfig(
                        new InetSocketAddress("0.0.0.0", 9090),
                        new InetSocketAddress("0.0.0.0", 8080),
                        Optional.empty(),
                        Map.of("a", new KafkaCluster("k:9092", Map.of())),
                        Map.of(),
                        Optional.empty(),
                        new AllowList(List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aMistakeIsNamedWithItsPlace(String spec, String message) {
        assertThat(messages(spec)).isEqualTo(message);
    }

    static Stream<Arguments> aMistakeIsNamedWithItsPlace() {
        return Stream.of(
                arguments("listn: {}", """
                        scaler.yaml:4:3: $.spec.kafka: found nothing, expected a mapping
                        scaler.yaml:4:3: $.spec.listn: found unknown key "listn", expected one of listen, tls, kafka, \
                        flink, state, scaledObjects. Did you mean "listen"?"""),
                arguments(
                        "kafka: {}",
                        "scaler.yaml:4:10: $.spec.kafka: found an empty mapping, expected names of clusters"),
                arguments(
                        "kafka: {a: {bootstrapServers: kafka}}",
                        "scaler.yaml:4:33: $.spec.kafka.a.bootstrapServers: found \"kafka\", expected host:port, such as"
                                + " localhost:9092, or a list of them"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:99999}}",
                        "scaler.yaml:4:33: $.spec.kafka.a.bootstrapServers: found \"k:99999\", expected host:port, such as"
                                + " localhost:9092, or a list of them"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  state: {topic: __consumer_offsets}",
                        "scaler.yaml:5:18: $.spec.state.topic: found \"__consumer_offsets\", expected a topic's name:"
                                + " letters, digits, dots, hyphens and underscores, at most 249, not one of Kafka's own"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092, properties: {sasl.password: hunter2}}}",
                        "scaler.yaml:4:69: $.spec.kafka.a.properties['sasl.password']: found a secret written out,"
                                + " expected a reference: ${env:NAME} or ${file:/path}"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092, properties: {group.id: x}}}",
                        "scaler.yaml:4:54: $.spec.kafka.a.properties['group.id']: found the property group.id, expected"
                                + " none: the scaler joins no group"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  listen: {grpc: 9090}",
                        "scaler.yaml:5:18: $.spec.listen.grpc: found the number 9090, expected host:port, such as"
                                + " 0.0.0.0:9090"),
                arguments("kafka: {a: {bootstrapServers: k:9092}}\n  tls: {certificate: tls.crt}", """
                        scaler.yaml:5:8: $.spec.tls.key: found nothing, expected the path of a file, from the root
                        scaler.yaml:5:22: $.spec.tls.certificate: found "tls.crt", expected the path of a file, from the \
                        root"""),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  flink: {f: {url: jobmanager:8081}}",
                        "scaler.yaml:5:20: $.spec.flink.f.url: found \"jobmanager:8081\", expected the address of a"
                                + " JobManager, such as http://jobmanager:8081"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  flink: {f: {url: http://j:8081, auth: {bearer: {token:"
                                + " abc}}}}",
                        "scaler.yaml:5:58: $.spec.flink.f.auth.bearer.token: found a secret written out, expected a"
                                + " reference: ${env:NAME} or ${file:/path}"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  flink: {f: {url: http://j:8081, pods: {selector:"
                                + " orders, namspace: shop}}}",
                        """
                        scaler.yaml:5:52: $.spec.flink.f.pods.selector: found "orders", expected labels of its Pods, such \
                        as app=orders,component=taskmanager
                        scaler.yaml:5:60: $.spec.flink.f.pods.namspace: found unknown key "namspace", expected one of \
                        selector, namespace. Did you mean "namespace"?"""),
                arguments(
                        "kafka: {main: {bootstrapServers: k:9092}}\n  state: {cluster: mian}",
                        "scaler.yaml:5:20: $.spec.state.cluster: found unknown Kafka cluster \"mian\", expected main. Did"
                                + " you mean \"main\"?"),
                arguments(
                        "kafka: {a: {bootstrapServers: k:9092}}\n  scaledObjects: [shop]",
                        "scaler.yaml:5:19: $.spec.scaledObjects[0]: found \"shop\", expected a namespace and a name such"
                                + " as shop/orders, shop/* or */*"));
    }

    private static String messages(String spec) {
        return ScalerConfigReader.read("scaler.yaml", spec(spec), Map.of()).problems().stream()
                .map(Problem::message)
                .collect(Collectors.joining("\n"));
    }

    private static String spec(String spec) {
        return "apiVersion: weft.dev/v1\nkind: Scaler\nspec:\n  " + spec + "\n";
    }
}
