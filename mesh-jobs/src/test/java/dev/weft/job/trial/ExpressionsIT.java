package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Wire;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expressions and every kind of transform, run by the job jar on a cluster: the libraries are found where they are. */
class ExpressionsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> OUT =
            List.of("template", "text", "attributes", "cel", "jsonata", "unchanged", "dead");

    /** Three times three of the routes that want all, and one of each expression and the dead letter. */
    private static final int RECORDS = 13;

    private static final String SPEC = """
            apiVersion: weft.dev/v1
            kind: MeshJob
            metadata: { name: expressions }
            spec:
              kafka: { bootstrapServers: "%s", startFrom: earliest }
              checkpoint: { every: 500ms }
              channels:
                in: { topic: expr.in }
                template: { topic: expr.template }
                text: { topic: expr.text }
                attributes: { topic: expr.attributes }
                cel: { topic: expr.cel }
                jsonata: { topic: expr.jsonata }
                unchanged: { topic: expr.unchanged }
                dead: { topic: expr.dead }
              deadLetter: dead
              routes:
                - name: template
                  from: [in]
                  transform: { data: { order: "${data.id}", of: "${source}" } }
                  to: [template]
                - name: text
                  from: [in]
                  transform: { text: "order ${data.id}: ${data.n}" }
                  to: [text]
                - name: attributes
                  from: [in]
                  transform: { set: { type: shop.seen, tier: "${data.n}" } }
                  to: [attributes]
                - name: cel
                  from: [in]
                  when: "data.n > 1 && type.matches('^shop[.]') && data.items.exists(i, i.sku == 'b')"
                  transform: { data: { total: "${= data.n * data.items.size() }" }, set: { subject: "${= data.id + '!' }" } }
                  to: [cel]
                - name: jsonata
                  from: [in]
                  where: { data: { n: [{ numeric: [">", 1] }] } }
                  transform: { jsonata: "{ 'skus': items.sku, 'type': $event.type, 'half': 10 / (n - 3) }" }
                  to: [jsonata]
                - { name: unchanged, from: [in], when: "has(data.none) || data.n / (data.n - 1) > 1", to: [unchanged] }
            """;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private static Path folder;

    private static ClusterMesh mesh;
    private static Map<String, List<MeshEvent>> written;
    private static MeshCounts counts;

    @BeforeAll
    static void run() throws Exception {
        mesh = ClusterMesh.start(folder);
        mesh.createTopics(1, topics("in"));
        mesh.createTopics(1, topics(OUT.toArray(String[]::new)));
        Producers.sendAll(
                mesh.bootstrapServers(),
                List.of(
                        KafkaRecords.toTopic("expr.in", order("1", 1, "a")),
                        KafkaRecords.toTopic("expr.in", order("2", 2, "a", "b")),
                        KafkaRecords.toTopic("expr.in", order("3", 3, "a"))));
        RunningJob job = mesh.submit(SPEC.formatted(mesh.bootstrapServers()), 1, Optional.empty());
        counts = job.awaitCounts(now -> now.matched("cel") >= 1 && now.matched("unchanged") >= 1);
        job.stopWithSavepoint();
        written =
                TopicReader.committed(mesh.bootstrapServers())
                        .readAtLeast(RECORDS, PATIENCE, topics(OUT.toArray(String[]::new)))
                        .stream()
                        .collect(Collectors.groupingBy(
                                read -> read.topic().substring("expr.".length()),
                                TreeMap::new,
                                Collectors.mapping(ExpressionsIT::event, Collectors.toList())));
    }

    @AfterAll
    static void stop() throws Exception {
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void aRouteDeliversWhatItsExpressionIsTrueOf() {
        assertThat(counts.matched("cel")).isEqualTo(1);
        assertThat(counts.matched("unchanged")).isEqualTo(1);
        assertThat(payloads("unchanged"))
                .containsExactly("{\"id\":\"o-2\",\"n\":2,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}");
    }

    @Test
    void expressionsInCelMakePayloadAndAttributes() {
        assertThat(payloads("cel")).containsExactly("{\"total\":4}");
        assertThat(attributes("cel", "subject")).containsExactly("o-2!");
    }

    @Test
    void expressionsInJsonataMakeThePayload() {
        assertThat(payloads("jsonata"))
                .containsExactly("{\"skus\":[\"a\",\"b\"],\"type\":\"shop.order\",\"half\":-10}");
    }

    @Test
    void templatesMakePayloadAndAttributes() {
        assertThat(payloads("template"))
                .containsExactly(
                        "{\"order\":\"o-1\",\"of\":\"/shop\"}",
                        "{\"order\":\"o-2\",\"of\":\"/shop\"}",
                        "{\"order\":\"o-3\",\"of\":\"/shop\"}");
        assertThat(payloads("text")).containsExactly("order o-1: 1", "order o-2: 2", "order o-3: 3");
        assertThat(attributes("text", "datacontenttype")).containsOnly("text/plain");
        assertThat(attributes("attributes", "type")).containsOnly("shop.seen");
        assertThat(attributes("attributes", "tier")).containsExactly("1", "2", "3");
    }

    @Test
    void whatCannotBeCalculatedIsADeadLetter() {
        assertThat(attributes("dead", "id")).containsExactly("3");
        assertThat(attributes("dead", "weftreason")).containsExactly("transform-failed");
        assertThat(attributes("dead", "weftdetail")).singleElement().asString().contains("JSONata");
    }

    private static WireRecord order(String id, int n, String... skus) {
        String items = Stream.of(skus).map("{\"sku\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        return Wire.event(id, "shop.order", "{\"id\":\"o-%s\",\"n\":%d,\"items\":[%s]}".formatted(id, n, items));
    }

    private static String[] topics(String... channels) {
        return Stream.of(channels).map("expr."::concat).toArray(String[]::new);
    }

    private static MeshEvent event(ConsumerRecord<byte[], byte[]> read) {
        return (MeshEvent) new EventReader(1_000_000).read(Origin.NONE, KafkaRecords.wire(read));
    }

    private static List<String> payloads(String channel) {
        return written.getOrDefault(channel, List.of()).stream()
                .map(event -> new String(Objects.requireNonNull(event.payload()), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> attributes(String channel, String name) {
        return written.getOrDefault(channel, List.of()).stream()
                .map(event -> String.valueOf(event.attribute(name)))
                .toList();
    }
}
