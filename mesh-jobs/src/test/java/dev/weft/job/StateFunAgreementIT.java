package dev.weft.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.trial.function.AgreementFunctions;
import dev.weft.job.trial.function.AgreementFunctions.Input;
import dev.weft.job.trial.function.FunctionServer;
import dev.weft.local.LocalTopic;
import dev.weft.testkit.Await;
import dev.weft.testkit.cluster.BrokerProcess;
import dev.weft.testkit.cluster.StateFunClassPath;
import dev.weft.testkit.cluster.StateFunProcess;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same functions, with the same {@code module.yaml} and the same records, say the same here and on Apache StateFun:
 * the same records, those of each sender in the same order. Skipped where StateFun cannot be built.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class StateFunAgreementIT {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PARTITIONS = 3;
    private static final int PARALLELISM = 2;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void functionsSayWhatTheySayOnStateFun() throws Exception {
        List<Path> oracle = oracleOrSkip();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                FunctionServer theirs = FunctionServer.start(AgreementFunctions.all("theirs"))) {
            createTopics(broker);
            send(broker, AgreementFunctions.inputs());
            Path module = module(broker, theirs, "theirs");
            try (StateFunProcess stateFun =
                    StateFunProcess.start(oracle, module, PARALLELISM, folder.resolve("theirs"))) {
                awaitLastLooks(broker, "theirs");
                send(broker, AgreementFunctions.questions());
                awaitAnswers(broker, "theirs");
                stateFun.requireAlive();
            }
            said(broker, "theirs").forEach((k, v) -> System.out.println(k + " " + v));
        }
    }

    private static List<Path> oracleOrSkip() throws InterruptedException {
        try {
            return StateFunClassPath.resolve();
        } catch (IOException e) {
            System.out.println("not compared with Apache StateFun: " + e);
            return Assumptions.abort(e.toString());
        }
    }

    private static void createTopics(BrokerProcess broker) {
        List<LocalTopic> topics = new ArrayList<>(List.of(LocalTopic.named("theirs"), LocalTopic.named("ours")));
        AgreementFunctions.inputs().stream()
                .map(Input::topic)
                .distinct()
                .forEach(topic -> topics.add(LocalTopic.named(topic).partitioned(PARTITIONS)));
        broker.createTopics(topics);
    }

    private Path module(BrokerProcess broker, FunctionServer server, String group) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                kind: io.statefun.endpoints.v2/http
                spec:
                  functions: agree/*
                  urlPathTemplate: %s
                ---
                kind: io.statefun.kafka.v1/egress
                spec:
                  id: agree/told
                  address: %s
                  deliverySemantic: { type: at-least-once }
                ---
                kind: io.statefun.kafka.v1/ingress
                spec:
                  id: agree/in
                  address: %s
                  consumerGroupId: %s
                  startupPosition: { type: earliest }
                  topics:
                """.formatted(server.url(), broker.bootstrapServers(), broker.bootstrapServers(), group));
        AgreementFunctions.inputs().stream()
                .map(Input::function)
                .distinct()
                .forEach(function ->
                        text.append("""
                    - topic: agree.%s
                      valueType: agree/text
                      targets: [agree/%s]
                """.formatted(function, function).indent(4)));
        return Files.writeString(folder.resolve(group + ".yaml"), text);
    }

    private static void send(BrokerProcess broker, List<Input> inputs) throws Exception {
        Producers.sendAll(
                broker.bootstrapServers(),
                inputs.stream()
                        .map(input -> new ProducerRecord<>(
                                input.topic(),
                                input.id().getBytes(UTF_8),
                                input.text().getBytes(UTF_8)))
                        .toList());
    }

    private static void awaitLastLooks(BrokerProcess broker, String topic) throws Exception {
        awaitSaid(broker, topic, AgreementFunctions.LAST_LOOK, 6);
    }

    private static void awaitAnswers(BrokerProcess broker, String topic) throws Exception {
        awaitSaid(broker, topic, "count ", AgreementFunctions.questions().size());
    }

    private static void awaitSaid(BrokerProcess broker, String topic, String start, int times) throws Exception {
        Await.until(
                times + " records that start with " + start + " in " + topic,
                PATIENCE,
                () -> said(broker, topic).values().stream()
                                .flatMap(List::stream)
                                .filter(text -> text.startsWith(start))
                                .count()
                        == times);
    }

    /** Returns what was said, in order, by the record's key. */
    private static Map<String, List<String>> said(BrokerProcess broker, String topic) {
        Map<String, List<String>> said = new TreeMap<>();
        TopicReader.committed(broker.bootstrapServers())
                .readToEnd(topic)
                .forEach(record -> said.computeIfAbsent(
                                new String(requireNonNull(record.key()), UTF_8), key -> new ArrayList<>())
                        .add(new String(requireNonNull(record.value()), UTF_8)));
        return said;
    }
}
