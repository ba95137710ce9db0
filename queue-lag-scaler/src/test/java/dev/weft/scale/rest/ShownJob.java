package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job as a JobManager of Flink 2.2.1 shows it, with the form and the quirks of its answers: a source vertex and a
 * vertex behind it. What is shown is set by the test, before the next request.
 */
final class ShownJob {

    static final String ID = "c71a140ef8f63de501b1108b9733c6bb";
    static final String SOURCE = "4da3cc0c86fb0b5c55d8f58bfc1a7bd2";
    static final String DELIVERY = "20ba6b65f97481d5570070de90e4e791";

    volatile String name = "shop";
    volatile String state = "RUNNING";
    volatile int taskManagers = 2;
    volatile long began = 1_000_000;
    volatile String checkpoints = "{\"latest\":{\"completed\":null,\"savepoint\":null},\"history\":[]}";
    volatile String moreJobs = "";

    /** For each vertex, what its subtasks say of themselves. */
    final Map<String, List<Work>> works = new LinkedHashMap<>();

    /** For each vertex and metric, the greatest value and the sum. */
    final Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();

    /** Subtasks that nothing was heard of. */
    volatile boolean isMute;

    /** How much longer the JobManager believes a subtask to run than was heard of. */
    volatile long lateMillis;

    ShownJob() {
        works.put(SOURCE, List.of(new Work(0, 200, 1_800, 0), new Work(0, 200, 1_800, 0)));
        works.put(DELIVERY, List.of(new Work(0, 200, 1_800, 0), new Work(0, 200, 1_800, 0)));
    }

    void shows(String vertex, Work... subtasks) {
        works.put(vertex, List.of(subtasks));
    }

    void shows(String vertex, String metric, double value) {
        metrics.computeIfAbsent(vertex, unused -> new LinkedHashMap<>()).put(metric, value);
    }

    void showsOffset(String topic, int partition, long offset) {
        shows(
                SOURCE,
                "Source__read.KafkaSourceReader.topic.%s.partition.%d.currentOffset".formatted(topic, partition),
                offset);
    }

    Answer answer(ReceivedRequest request) {
        String path = request.target().replaceFirst("\\?.*", "");
        String job = "/jobs/" + ID;
        if (path.equals("/jobs/overview")) {
            return json("{\"jobs\":[{\"jid\":\"%s\",\"name\":\"%s\",\"start-time\":5,\"state\":\"%s\"}%s]}"
                    .formatted(ID, name, state, moreJobs));
        } else if (path.equals("/overview")) {
            return json("{\"taskmanagers\":%d,\"slots-available\":1}".formatted(taskManagers));
        } else if (path.equals(job)) {
            return json(details().toString());
        } else if (path.equals(job + "/checkpoints")) {
            return json(request.method().equals("POST") ? "{\"request-id\":\"r1\"}" : checkpoints);
        } else if (path.equals(job + "/checkpoints/config")) {
            return json("{\"mode\":\"exactly_once\",\"interval\":10000}");
        } else if (path.equals(job + "/checkpoints/r1")) {
            return json("{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"checkpointId\":160}}");
        } else if (path.equals(job + "/resource-requirements")) {
            return json(request.method().equals("PUT") ? "{}" : requirements());
        }
        for (String vertex : works.keySet()) {
            if (path.equals(job + "/vertices/" + vertex)) {
                return json(vertex(vertex).toString());
            } else if (path.equals(job + "/vertices/" + vertex + "/subtasks/metrics")) {
                return json(metrics(vertex, request.target()).toString());
            }
        }
        return new Answer.Reply(404, Map.of(), "{\"errors\":[\"Not found.\"]}".getBytes(StandardCharsets.UTF_8));
    }

    private static Answer json(String body) {
        return Answer.text(200, body).with("content-type", "application/json; charset=UTF-8");
    }

    private static String requirements() {
        String bounds = "{\"parallelism\":{\"lowerBound\":1,\"upperBound\":2}}";
        return "{\"%s\":%s,\"%s\":%s}".formatted(SOURCE, bounds, DELIVERY, bounds);
    }

    private ObjectNode details() {
        ObjectNode details = object().put("jid", ID).put("name", name).put("state", state);
        ArrayNode vertices = details.putArray("vertices");
        works.forEach((vertex, subtasks) -> vertices.addObject()
                .put("id", vertex)
                .put("name", vertex.equals(SOURCE) ? "Source: read" : "deliver")
                .put("maxParallelism", vertex.equals(SOURCE) ? 128 : 12)
                .put("parallelism", subtasks.size()));
        ArrayNode nodes = details.putObject("plan").putArray("nodes");
        nodes.addObject().put("id", SOURCE);
        nodes.addObject().put("id", DELIVERY).putArray("inputs").addObject().put("id", SOURCE);
        return details;
    }

    private ObjectNode vertex(String vertex) {
        List<Work> subtasks = works.getOrDefault(vertex, List.of());
        ObjectNode shown = object().put("id", vertex).put("parallelism", subtasks.size());
        ArrayNode all = shown.putArray("subtasks");
        for (Work work : subtasks) {
            ObjectNode subtask = all.addObject()
                    .put("subtask", all.size() - 1)
                    .put("status", "RUNNING")
                    .put("taskmanager-id", "shop-taskmanager-" + (all.size() - 1))
                    .put("start-time", began);
            subtask.putObject("status-duration").put("RUNNING", (long) work.millis() + lateMillis);
            ObjectNode numbers = subtask.putObject("metrics").put("read-records-complete", true);
            if (isMute) {
                numbers.put("read-records", 0).put("accumulated-busy-time", "NaN");
                numbers.put("accumulated-idle-time", 0).put("accumulated-backpressured-time", 0);
            } else {
                numbers.put("read-records", work.records()).put("accumulated-busy-time", work.busyMillis());
                numbers.put("accumulated-idle-time", work.idleMillis());
                numbers.put("accumulated-backpressured-time", work.backPressuredMillis());
            }
        }
        return shown;
    }

    private ArrayNode metrics(String vertex, String target) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        Map<String, Double> known = metrics.getOrDefault(vertex, Map.of());
        int query = target.indexOf("get=");
        if (query < 0) {
            known.keySet().forEach(id -> shown.addObject().put("id", id));
            return shown;
        }
        List<JsonNode> values = new ArrayList<>();
        for (String id : target.substring(query + 4).split(",")) {
            Double value = known.get(URLDecoder.decode(id, StandardCharsets.UTF_8));
            if (value == null) {
                return shown; // one that is not known, and there is no answer for any
            }
            values.add(object().put("id", id).put("max", value).put("sum", value));
        }
        shown.addAll(values);
        return shown;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
