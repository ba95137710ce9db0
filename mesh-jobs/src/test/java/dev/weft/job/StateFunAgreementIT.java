package dev.weft.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.config.Problems;
import dev.weft.job.flink.MeshTopology;
import dev.weft.job.trial.function.AgreementFunctions;
import dev.weft.job.trial.function.AgreementFunctions.Input;
import dev.weft.job.trial.function.FunctionServer;
import dev.weft.local.LocalTopic;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import dev.weft.testkit.Await;
import dev.weft.testkit.cluster.BrokerProcess;
import dev.weft.testkit.cluster.OracleClassPath;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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
    private static final String DEAD = "agreement.dead";

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
            Path module = Files.writeString(folder.resolve("module.yaml"), module(broker, theirFunctions, "theirs"));
            StreamExecutionEnvironment env = flink.environment();
            MeshTopology.assemble(env, config(module(broker, ourFunctions, "ours")), Map.of());
            env.executeAsync();
            try (StateFunProcess stateFun =
                    StateFunProcess.start(oracle, module, PARALLELISM, folder.resolve("theirs"))) {
                awaitSaid(broker, AgreementFunctions.LAST_LOOK, 6);
                send(broker, AgreementFunctions.questions());
                awaitSaid(broker, "count ", AgreementFunctions.questions().size());
                stateFun.requireAlive();
            }

            assertThat(said(broker, "ours")).isEqualTo(said(broker, "theirs"));
            assertThat(TopicReader.committed(broker.bootstrapServers()).readToEnd(DEAD))
                    .isEmpty();
        }
    }

    private static List<Path> oracleOrSkip() throws InterruptedException {
        try {
            return OracleClassPath.STATEFUN.resolve();
        } catch (IOException e) {
            System.out.println("not compared with Apache StateFun: " + e);
            return Assumptions.abort(e.toString());
        }
    }

    private static void createTopics(BrokerProcess broker) {
        List<LocalTopic> topics = new ArrayList<>(
                Stream.of("theirs", "ours", DEAD).map(LocalTopic::named).toList());
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

    private static String module(BrokerProcess broker, FunctionServer server, String group) {
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
        functions()
                .forEach(function ->
                        text.append("""
                    - topic: agree.%s
                      valueType: agree/text
                      targets: [agree/%s]
                """.formatted(function, function).indent(4)));
        return text.toString();
    }

    private static JobConfig config(String module) {
        Problems problems = new Problems();
        Optional<String> text = ModuleJob.of("module.yaml", "agreement", module, Map.of(), problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return JobConfigReader.read(
                        "module.yaml", text.orElseThrow(), Map.of(NamedFiles.variable("module.yaml"), module))
                .orElseThrow();
    }

    private static void send(BrokerProcess broker, List<Input> inputs) throws Exception {
        Producers.sendAll(
                broker.bootstrapServers(),
                inputs.stream()
                        .map(input -> new ProducerRecord<>(
                                "agree." + input.function(),
                                input.id().getBytes(UTF_8),
                                input.text().getBytes(UTF_8)))
                        .toList());
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
