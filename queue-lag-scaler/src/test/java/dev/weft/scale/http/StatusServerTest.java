package dev.weft.scale.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.scale.Decision;
import dev.weft.scale.Decision.Alarm;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class StatusServerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ScaledObjectKey ORDERS = new ScaledObjectKey("shop", "orders");
    private static final String HOSTILE = "<script>alert('x')</script>&\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<ScaledObjectKey, List<Answers.Seen>> seen = new LinkedHashMap<>();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private StatusServer server;

    @BeforeEach
    void start() throws Exception {
        PrometheusRegistry metrics = new PrometheusRegistry();
        Answers answers = new KnownAnswers(seen);
        DecisionMetrics.register(answers, metrics);
        server = StatusServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), answers, metrics, ready::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void decisionsCarryTheirArithmetic() throws Exception {
        seen.put(ORDERS, List.of(seen(NOON, 3, "12 waiting / 4 per second"), seen(NOON.plusSeconds(5), 4, "more")));

        JsonNode all = new ObjectMapper().readTree(get("/decisions", "*/*").body());
        JsonNode one =
                new ObjectMapper().readTree(get("/decisions/shop/orders", "*/*").body());

        assertThat(all).isEqualTo(new ObjectMapper().readTree("""
                                {"scaledObjects": [{"namespace": "shop", "name": "orders",
                                  "told": {"active": true, "replicas": 4}, "at": "2026-11-21T12:00:05Z", "verdict": "UP",
                                  "active": true, "parallelism": 4, "replicas": 4, "lag": 1200.0,
                                  "arrivalsPerSecond": 60.5, "capacityPerSubtask": 100.0, "because": ["more"],
                                  "alarms": [{"kind": "HOT_PARTITION", "text": "%s"}], "lagByTopic": {"orders": 1200.0}}]}
                                """.formatted(HOSTILE.replace("\"", "\\\""))));
        assertThat(one.get("decisions")).hasSize(2);
        assertThat(one.at("/decisions/0/because/0").asText()).isEqualTo("12 waiting / 4 per second");
    }

    @Test
    void aPageDrawsTheHistoryAndNeedsNothingElse() throws Exception {
        List<Answers.Seen> history = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            history.add(seen(NOON.plusSeconds(30L * i), 1 + i / 60, "step " + i));
        }
        seen.put(ORDERS, history);

        HttpResponse<String> page = get("/decisions/shop/orders", "text/html,*/*;q=0.8");

        Document svg = svg(page.body());
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(3 * 4);
        assertThat(page.body())
                .contains("step 299")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("http://", "https://");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
    }

    @Test
    void whatOthersNamedIsShownAsText() throws Exception {
        seen.put(ORDERS, List.of(seen(NOON, 3, HOSTILE)));

        for (String path : List.of("/decisions", "/decisions/shop/orders")) {
            assertThat(get(path, "text/html").body())
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;")
                    .doesNotContain("<script");
        }
    }

    @Test
    void whatIsUnknownIsShownWithItsReason() throws Exception {
        Answers.Seen known = seen(NOON, 3, "x");
        seen.put(ORDERS, List.of(new Answers.Seen(known.decision(), new Answer.Unknown("broker gone"), Map.of())));

        assertThat(get("/decisions", "text/html").body()).contains("unknown: broker gone");
        assertThat(get("/decisions", "*/*").body()).contains("\"unknown\" : \"broker gone\"");
        assertThat(get("/metrics", "*/*").body())
                .contains("weft_scaler_known{name=\"orders\",namespace=\"shop\"} 0.0")
                .contains("weft_scaler_wanted_replicas{name=\"orders\",namespace=\"shop\"} NaN");
    }

    @Test
    void metricsHaveTheNewestDecisionOfEachScaledObject() throws Exception {
        seen.put(ORDERS, List.of(seen(NOON, 3, "x"), seen(NOON.plusSeconds(5), 4, "y")));

        assertThat(get("/metrics", "*/*").body())
                .contains("weft_scaler_wanted_replicas{name=\"orders\",namespace=\"shop\"} 4.0")
                .contains("weft_scaler_lag_records{name=\"orders\",namespace=\"shop\"} 1200.0")
                .contains("weft_scaler_alarms{kind=\"HOT_PARTITION\",name=\"orders\",namespace=\"shop\"} 1.0")
                .contains("weft_scaler_alarms{kind=\"STUCK_PARTITION\",name=\"orders\",namespace=\"shop\"} 0.0");
    }

    @Test
    void itIsReadyWhenItCanAnswer() throws Exception {
        assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(200);
        ready.set(false);
        assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(503);
        assertThat(get("/healthz", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(get("/decisions/shop/none", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/decisions/shop", "*/*").body())
                .isEqualTo("found /decisions/shop, expected /decisions/NAMESPACE/NAME\n");
        assertThat(get("/favicon.ico", "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        HttpResponse<String> refused = client.send(
                HttpRequest.newBuilder(uri("/decisions"))
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private static Answers.Seen seen(Instant at, int replicas, String because) {
        Decision decision = new Decision(
                at,
                Verdict.UP,
                true,
                replicas,
                replicas,
                1200,
                60.5,
                100,
                List.of(because),
                List.of(new Alarm(Alarm.Kind.HOT_PARTITION, HOSTILE)));
        return new Answers.Seen(decision, new Answer.Wanted(true, replicas), Map.of("orders", 1200.0));
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private static Document svg(String page) throws Exception {
        String element = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(element)));
    }
}
