package dev.weft.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.job.FunctionJars;
import dev.weft.local.LoopbackPort;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module.yaml of Apache StateFun runs as it is. */
class ModuleIT {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void recordsOfItsTopicsReachFunctionsAndWhatTheyWriteReachesTopics() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RequestReplyHandler handler =
                new StatefulFunctions().withStatefulFunction(Counter.SPEC).requestReplyHandler();
        server.createContext("/", exchange -> answer(handler, exchange));
        server.start();
        Path module = Files.writeString(
                folder.resolve("counts.yaml"), """
                kind: io.statefun.endpoints.v2/http
                spec: { functions: shop/*, urlPathTemplate: "http://127.0.0.1:%d/" }
                ---
                kind: io.statefun.kafka.v1/ingress
                spec:
                  id: shop/words
                  address: kafka:9092
                  startupPosition: { type: earliest }
                  topics: [{ topic: words, valueType: shop/word, targets: [shop/counter] }]
                ---
                kind: io.statefun.kafka.v1/egress
                spec: { id: shop/counts, address: "kafka:9092" }
                """.formatted(server.getAddress().getPort()));
        try (LocalMesh mesh = LocalMesh.in(Typed.shell())) {
            LocalMesh.Running running = mesh.start(
                    JobFile.read(Typed.shell(), module.toString()),
                    FunctionJars.NONE,
                    new LocalMesh.Settings(
                            folder.resolve("work"), true, LocalMesh.Keeps.NOTHING, LoopbackPort.ANY, LoopbackPort.ANY));
            String kafka = running.config().kafka().bootstrap();

            Producers.sendAll(
                    kafka,
                    List.of(
                            record("tea", "one"),
                            record("tea", "two"),
                            new ProducerRecord<>("words", "without a key".getBytes(UTF_8)),
                            record("milk", "one"),
                            record("tea", "three")));

            awaitTopic(kafka, "counts");
            TopicReader reader = TopicReader.committed(kafka);
            List<ConsumerRecord<byte[], byte[]>> counts = reader.readUntil(BOUND, read -> read.size() == 4, "counts");
            assertThat(counts)
                    .extracting(count -> text(count.key()) + " " + text(count.value()))
                    .containsExactlyInAnyOrder("tea 1", "tea 2", "tea 3", "milk 1");
            List<ConsumerRecord<byte[], byte[]>> dead =
                    reader.readUntil(BOUND, read -> read.size() == 1, "counts.dead");
            assertThat(text(dead.get(0).headers().lastHeader("ce_weftreason").value()))
                    .isEqualTo("missing-key");
        } finally {
            server.stop(0);
        }
    }

    /** The module says nowhere to which topics its functions write. */
    private static void awaitTopic(String kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Await.until(
                    "the topic " + topic,
                    BOUND,
                    () -> admin.listTopics().names().get().contains(topic));
        }
    }

    /** Counts the messages of its id. */
    private static final class Counter implements StatefulFunction {

        private static final ValueSpec<Integer> SEEN = ValueSpec.named("seen").withIntType();

        static final StatefulFunctionSpec SPEC = StatefulFunctionSpec.builder(
                        TypeName.typeNameFromString("shop/counter"))
                .withValueSpec(SEEN)
                .withSupplier(Counter::new)
                .build();

        @Override
        public CompletableFuture<Void> apply(Context context, Message message) {
            int seen = context.storage().get(SEEN).orElse(0) + 1;
            context.storage().set(SEEN, seen);
            context.send(KafkaEgressMessage.forEgress(TypeName.typeNameFromString("shop/counts"))
                    .withTopic("counts")
                    .withUtf8Key(context.self().id())
                    .withUtf8Value("" + seen)
                    .build());
            return context.done();
        }
    }

    private static void answer(RequestReplyHandler handler, HttpExchange exchange) throws IOException {
        Slice request = Slices.wrap(exchange.getRequestBody().readAllBytes());
        try (exchange) {
            byte[] body = handler.handle(request).join().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>("words", key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
