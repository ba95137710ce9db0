package dev.weft.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.DurationText;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.CutText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the books of a job's operators. Each subtask shows what it had counted at the last checkpoint it knows to be
 * complete; metrics come a moment, by Flink's default up to ten seconds, after the fact, and not from all at once. So
 * it looks again until all of them show the same checkpoint.
 */
public final class AuditReader {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** The operators that keep books, as the names of a job's vertices and the ids of metrics name them. */
    private static final Pattern BOOKKEEPER = Pattern.compile("route|chain(-[0-9]+)?|deliver|deliver-in-order");

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9-]+");
    private static final Pattern AUDIT = Pattern.compile("(.+)\\.weft\\.audit(-[0-9]+)?");

    /** Ids asked for in one request: they stand in the URL, whose length the server bounds. */
    private static final int METRICS_AT_ONCE = 40;

    private final RestCalls calls;
    private final String job;

    AuditReader(RestCalls calls, String jobId) {
        this.calls = calls;
        this.job = "jobs/" + encoded(jobId);
    }

    /** What every subtask shows, by the operator and its number; nothing where one shows nothing yet. */
    private record Look(Map<String, Optional<Cut>> shown) {

        /** Returns the one checkpoint that all show, if it is not before the one wanted. */
        Optional<Balance> balance(long wanted) {
            List<Cut> cuts = shown.values().stream().flatMap(Optional::stream).toList();
            boolean isWhole = cuts.size() == shown.size()
                    && !cuts.isEmpty()
                    && cuts.stream().mapToLong(Cut::checkpoint).distinct().count() == 1;
            return isWhole && cuts.get(0).checkpoint() >= wanted ? Optional.of(Balance.of(cuts)) : Optional.empty();
        }

        String inWords(long wanted) {
            Collection<Optional<Cut>> all = shown.values();
            long newest = all.stream()
                    .flatMap(Optional::stream)
                    .mapToLong(Cut::checkpoint)
                    .reduce(wanted, Math::max);
            long there = all.stream()
                    .flatMap(Optional::stream)
                    .filter(cut -> cut.checkpoint() == newest)
                    .count();
            return "checkpoint %d is shown by %d of %d subtasks".formatted(newest, there, all.size());
        }
    }

    /**
     * Returns the sums of all subtasks at one checkpoint, which is the last that was complete when this was called, or
     * a later one.
     *
     * @param progress is told what is waited for, when that changes
     * @throws ClusterFailure if the subtasks do not show one checkpoint in time
     */
    public Balance read(Duration limit, Consumer<String> progress) throws ClusterFailure, InterruptedException {
        Patience patience = new Patience(limit);
        long wanted = lastCheckpoint();
        String told = "";
        while (true) {
            Look look = look();
            Optional<Balance> balance = look.balance(wanted);
            if (balance.isPresent()) {
                return balance.get();
            }
            String waiting = look.inWords(wanted);
            if (!patience.pause(BETWEEN_LOOKS)) {
                throw new ClusterFailure("the subtasks do not show one checkpoint after %s: %s"
                        .formatted(DurationText.of(limit), waiting));
            }
            if (!waiting.equals(told)) {
                progress.accept(waiting);
                told = waiting;
            }
        }
    }

    /** Returns whether the job's checkpoints count each event once, also after a restart. */
    public boolean isExactlyOnce() throws ClusterFailure, InterruptedException {
        return calls.get(job + "/checkpoints/config").path("mode").asText().equalsIgnoreCase("exactly_once");
    }

    private long lastCheckpoint() throws ClusterFailure, InterruptedException {
        return calls.get(job + "/checkpoints")
                .path("latest")
                .path("completed")
                .path("id")
                .asLong(1);
    }

    private Look look() throws ClusterFailure, InterruptedException {
        Map<String, Optional<Cut>> shown = new TreeMap<>();
        for (JsonNode vertex : calls.get(job).path("vertices")) {
            List<String> operators = NOT_IN_NAMES
                    .splitAsStream(vertex.path("name").asText())
                    .filter(name -> BOOKKEEPER.matcher(name).matches())
                    .toList();
            String subtasks = job + "/vertices/" + encoded(vertex.path("id").asText()) + "/subtasks/";
            for (int i = 0; i < vertex.path("parallelism").asInt() && !operators.isEmpty(); i++) {
                Map<String, List<String>> texts = texts(subtasks + i + "/metrics");
                for (String operator : operators) {
                    shown.put(operator + " " + i, CutText.parse(texts.getOrDefault(operator, List.of())));
                }
            }
        }
        if (shown.isEmpty()) {
            throw new ClusterFailure("no operator of a mesh is in this job");
        }
        return new Look(shown);
    }

    /** Returns what one subtask shows of the books of its operators, by their names. */
    private Map<String, List<String>> texts(String metrics) throws ClusterFailure, InterruptedException {
        List<String> ids = new ArrayList<>();
        calls.get(metrics).forEach(metric -> ids.add(metric.path("id").asText()));
        ids.removeIf(id -> !AUDIT.matcher(id).matches());
        Map<String, List<String>> texts = new TreeMap<>();
        for (int from = 0; from < ids.size(); from += METRICS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + METRICS_AT_ONCE));
            for (JsonNode metric : calls.get(metrics + "?get=" + encoded(String.join(",", some)))) {
                Matcher name = AUDIT.matcher(metric.path("id").asText());
                String text = metric.path("value").asText();
                if (name.matches() && !text.isEmpty()) {
                    texts.computeIfAbsent(name.group(1), operator -> new ArrayList<>())
                            .add(text);
                }
            }
        }
        return texts;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
