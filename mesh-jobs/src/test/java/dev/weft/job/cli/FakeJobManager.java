package dev.weft.job.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.CutText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** What a JobManager says over REST of one job named shop, whose routing operator has two subtasks. */
final class FakeJobManager implements AutoCloseable {

    private static final String JOB = "/jobs/6a6f62";

    private final HttpServer server;
    private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();

    private FakeJobManager(HttpServer server) {
        this.server = server;
    }

    static FakeJobManager start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeJobManager fake = new FakeJobManager(server);
        server.createContext("/", fake::answer);
        server.start();
        return fake.says(
                        "/jobs/overview",
                        "{\"jobs\":[{\"jid\":\"6a6f62\",\"name\":\"shop\",\"state\":\"RUNNING\",\"duration\":61000}]}")
                .says(
                        JOB,
                        "{\"jid\":\"6a6f62\",\"name\":\"shop\",\"state\":\"RUNNING\",\"vertices\":["
                                + "{\"id\":\"a\",\"parallelism\":2,\"name\":\"Source: read -> route -> (write: Writer, deliver)\"},"
                                + "{\"id\":\"b\",\"parallelism\":1,\"name\":\"write-deliveries: Committer\"}]}")
                .says(JOB + "/exceptions", "{}")
                .says(JOB + "/checkpoints/config", "{\"mode\":\"exactly_once\"}")
                .says(JOB + "/checkpoints", "{\"latest\":{\"completed\":{\"id\":42}}}");
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a path, with its query, by these texts in turn, and by the last from then on. */
    FakeJobManager says(String path, String... texts) {
        answers.put(path, new ConcurrentLinkedQueue<>(List.of(texts)));
        return this;
    }

    /** A subtask shows these cuts of its operators one after the other. */
    FakeJobManager shows(int subtask, List<Map<String, Cut>> cuts) {
        String metrics = JOB + "/vertices/a/subtasks/" + subtask + "/metrics";
        List<String> ids = new ArrayList<>();
        cuts.get(0).keySet().forEach(operator -> ids.add(operator + ".weft.audit"));
        says(metrics, json(ids.stream().map(id -> "{\"id\":\"" + id + "\"}").toList()));
        List<String> texts = cuts.stream().map(FakeJobManager::values).toList();
        return says(metrics + "?get=" + String.join(",", ids), texts.toArray(String[]::new));
    }

    private static String values(Map<String, Cut> cuts) {
        return json(new TreeMap<>(cuts)
                .entrySet().stream()
                        .map(each -> Json.object()
                                .put("id", each.getKey() + ".weft.audit")
                                .put("value", CutText.part(each.getValue(), 0))
                                .toString())
                        .toList());
    }

    /** The subtasks of the first vertex count this, together. */
    FakeJobManager counts(Map<String, Long> counters, int oldestRules, int newestRules) {
        String metrics = JOB + "/vertices/a/subtasks/metrics";
        List<String> names = List.copyOf(new TreeMap<>(counters).keySet());
        List<String> ids = new ArrayList<>(names);
        ids.replaceAll(name -> "route.weft." + name);
        ids.add("route.weft.ruleVersion");
        List<String> all = new ArrayList<>(ids);
        all.addAll(List.of(
                "route.weft.audit",
                "deliver.weft.target.billing.latencyMillis_p99",
                "functions.weft.function.shop/cart.latencyMicros_p99",
                "numRecordsIn"));
        says(metrics, json(all.stream().map(id -> "{\"id\":\"" + id + "\"}").toList()));
        List<String> sums = new ArrayList<>(IntStream.range(0, names.size())
                .mapToObj(i -> "{\"id\":\"%s\",\"sum\":%d}".formatted(ids.get(i), counters.get(names.get(i))))
                .toList());
        says(metrics + "?agg=sum&get=" + String.join(",", ids), json(sums));
        says(
                metrics + "?agg=min,max&get=route.weft.ruleVersion",
                "[{\"id\":\"route.weft.ruleVersion\",\"min\":%d,\"max\":%d}]".formatted(oldestRules, newestRules));
        return says(JOB + "/vertices/b/subtasks/metrics", "[]");
    }

    private static String json(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String path = exchange.getRequestURI().getPath() + (query == null ? "" : "?" + query);
        Queue<String> texts = answers.get(path);
        String text = "{\"errors\":[\"nobody answers " + path + "\"]}";
        if (texts != null) {
            text = texts.size() > 1 ? texts.remove() : texts.element();
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(texts == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
