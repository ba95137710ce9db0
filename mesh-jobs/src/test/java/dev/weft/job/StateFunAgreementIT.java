package dev.weft.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.flink.MeshTopology;
import dev.weft.job.trial.function.AgreementFunctions;
import dev.weft.job.trial.function.AgreementFunctions.Input;
import dev.weft.job.trial.function.FunctionServer;
import dev.weft.local.LocalTopic;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
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
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same functions say the same here and on Apache StateFun to the same messages: the same records, those of each
 * sender in the same order. Skipped where StateFun cannot be built.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class StateFunAgreementIT {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PARTITIONS = 3;
    private static final int PARALLELISM = 2;
    private static final String EVENTS = "events";

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void functionsSayWhatTheySayOnStateFun() throws Exception {
        List<Path> oracle = oracleOrSkip();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                FunctionServer theirFunctions = FunctionServer.start(AgreementFunctions.all("theirs"));
                FunctionServer ourFunctions = FunctionServer.start(AgreementFunctions.all("ours"));
                EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(folder.resolve("flink")))) {
            createTopics(broker);
            send(broker, AgreementFunctions.inputs());
            Path module = module(broker, theirFunctions);
            StreamExecutionEnvironment env = flink.environment();
            MeshTopology.assemble(env, config(broker, ourFunctions), Map.of());
            env.executeAsync();
            try (StateFunProcess stateFun =
                    StateFunProcess.start(oracle, module, PARALLELISM, folder.resolve("theirs"))) {
                awaitSaid(broker, AgreementFunctions.LAST_LOOK, 6);
                send(broker, AgreementFunctions.questions());
                awaitSaid(broker, "count ", AgreementFunctions.questions().size());
                stateFun.requireAlive();
            }

            assertThat(said(broker, "ours")).isEqualTo(said(broker, "theirs"));
            assertThat(TopicReader.committed(broker.bootstrapServers()).readToEnd("dead"))
                    .isEmpty();
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
        List<LocalTopic> topics = new ArrayList<>(
                Stream.of("theirs", "ours", "dead").map(LocalTopic::named).toList());
        topics.add(LocalTopic.named(EVENTS).partitioned(PARTITIONS));
        functions()
                .forEach(function ->
                        topics.add(LocalTopic.named("agree." + function).partitioned(PARTITIONS)));
        broker.createTopics(topics);
    }

    private static List<String> functions() {
        return AgreementFunctions.inputs().stream()
                .map(Input::function)
                .distinct()
                .toList();
    }

    private Path module(BrokerProcess broker, FunctionServer server) throws IOException {
        StringBuilder text =
                new StringBuilder("""
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
                  consumerGroupId: theirs
                  startupPosition: { type: earliest }
                  topics:
                """.formatted(server.url(), broker.bootstrapServers(), broker.bootstrapServers()));
        functions()
                .forEach(function ->
                        text.append("""
                    - topic: agree.%s
                      valueType: agree/text
                      targets: [agree/%s]
                """.formatted(function, function).indent(4)));
        return Files.writeString(folder.resolve("module.yaml"), text);
    }

    private static JobConfig config(BrokerProcess broker, FunctionServer server) {
        StringBuilder text = new StringBuilder("""
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                checkpoint: { every: 1s }
                channels:
                  in: { topic: %s }
                  said: { topic: ours }
                  dead: { topic: dead }
                deadLetter: dead
                functions:
                  - endpoint: { functions: agree/*, url: "%s" }
                egress:
                  agree/told: said
                ingress:
                """.formatted(broker.bootstrapServers(), EVENTS, server.url()));
        functions().forEach(function -> text.append("""
                  - { name: %s, from: [in], where: { type: [%s] }, to: [agree/%s], id: subject, as: payload, valueType: agree/text }
                """.formatted(function, function, function)));
        return JobConfigReader.read("agreement.yaml", Jobs.text("agreement", text.toString()), Map.of())
                .orElseThrow();
    }

    /** Sends each text as StateFun takes it, and as an event. */
    private static void send(BrokerProcess broker, List<Input> inputs) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Input input : inputs) {
            byte[] key = input.id().getBytes(UTF_8);
            byte[] value = input.text().getBytes(UTF_8);
            records.add(new ProducerRecord<>("agree." + input.function(), key, value));
            ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(EVENTS, key, value);
            Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "1",
                            "ce_source", "agreement",
                            "ce_type", input.function(),
                            "ce_subject", input.id(),
                            "content-type", "application/octet-stream")
                    .forEach((name, header) -> event.headers().add(name, header.getBytes(UTF_8)));
            records.add(event);
        }
        Producers.sendAll(broker.bootstrapServers(), records);
    }

    private static void awaitSaid(BrokerProcess broker, String start, int times) throws Exception {
        for (String topic : List.of("theirs", "ours")) {
            Await.until(
                    times + " records that start with \"" + start + "\" in " + topic,
                    PATIENCE,
                    () -> said(broker, topic).values().stream()
                                    .flatMap(List::stream)
                                    .filter(text -> text.startsWith(start))
                                    .count()
                            == times);
        }
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
