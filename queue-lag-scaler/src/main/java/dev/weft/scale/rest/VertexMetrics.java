package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metrics of one vertex, over all its subtasks. */
final class VertexMetrics {

    /** Ids stand in the URL, whose length Flink bounds by 4,096 characters. */
    private static final int CHARACTERS_AT_ONCE = 3_000;

    private final RestCalls calls;
    private final String path;

    VertexMetrics(RestCalls calls, String job, String vertex) {
        this.calls = calls;
        this.path = "jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex);
    }

    /** Returns the names of what there is. */
    MetricNames list(Deadline deadline) throws RestFailure, InterruptedException {
        return MetricNames.of(calls.get(path, deadline));
    }

    /**
     * Returns the greatest value among subtasks. A JobManager that does not know one of the ids answers none of those
     * it was asked for with it.
     */
    Map<String, Double> greatest(Collection<String> ids, Deadline deadline) throws RestFailure, InterruptedException {
        return ask("max", ids, deadline);
    }

    /** As above, the sum over subtasks. */
    Map<String, Double> sums(Collection<String> ids, Deadline deadline) throws RestFailure, InterruptedException {
        return ask("sum", ids, deadline);
    }

    private Map<String, Double> ask(String aggregation, Collection<String> ids, Deadline deadline)
            throws RestFailure, InterruptedException {
        Map<String, Double> values = new HashMap<>();
        for (String some : batches(ids)) {
            for (JsonNode metric : calls.get("%s?agg=%s&get=%s".formatted(path, aggregation, some), deadline)) {
                JsonNode value = metric.path(aggregation);
                if (value.isNumber() && Double.isFinite(value.asDouble())) {
                    values.put(metric.path("id").asText(), value.asDouble());
                }
            }
        }
        return values;
    }

    private static List<String> batches(Collection<String> ids) {
        List<String> batches = new ArrayList<>();
        StringBuilder batch = new StringBuilder();
        for (String id : ids) {
            String encoded = RestCalls.encoded(id);
            if (!batch.isEmpty() && batch.length() + encoded.length() >= CHARACTERS_AT_ONCE) {
                batches.add(batch.toString());
                batch.setLength(0);
            }
            batch.append(batch.isEmpty() ? "" : ",").append(encoded);
        }
        if (!batch.isEmpty()) {
            batches.add(batch.toString());
        }
        return batches;
    }
}
