package dev.weft.scale.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs of a cluster, the latest started first. */
record JobList(String cluster, List<Entry> jobs) {

    private static final Set<String> FINAL = Set.of("FINISHED", "CANCELED", "FAILED");

    /** One of them. */
    record Entry(String id, String name, String state, long started) {

        boolean hasEnded() {
            return FINAL.contains(state);
        }

        boolean isCalled(String wanted) {
            return wanted.isEmpty() || id.equals(wanted) || name.equals(wanted);
        }
    }

    static JobList parse(String cluster, JsonNode overview) {
        List<Entry> jobs = new ArrayList<>();
        for (JsonNode job : overview.path("jobs")) {
            jobs.add(new Entry(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    job.path("start-time").asLong()));
        }
        jobs.sort(Comparator.comparingLong(Entry::started).reversed());
        return new JobList(cluster, jobs);
    }

    /**
     * Returns the only job that is called so and has not ended; if all have, the latest.
     *
     * @param wanted name or id; empty for any
     */
    Entry find(String wanted) throws RestFailure {
        List<Entry> called = jobs.stream().filter(job -> job.isCalled(wanted)).toList();
        List<Entry> alive = called.stream().filter(job -> !job.hasEnded()).toList();
        if (alive.size() == 1 || (alive.isEmpty() && !called.isEmpty())) {
            return alive.isEmpty() ? called.get(0) : alive.get(0);
        }
        String what = wanted.isEmpty() ? "" : " called \"%s\"".formatted(wanted);
        throw new RestFailure(
                0,
                alive.isEmpty()
                        ? "Flink cluster \"%s\" has no job%s; it has %s".formatted(cluster, what, inWords(jobs))
                        : "Flink cluster \"%s\" has %d jobs%s, expected one: %s"
                                .formatted(cluster, alive.size(), what, inWords(alive)));
    }

    private static String inWords(List<Entry> some) {
        return some.isEmpty()
                ? "none"
                : some.stream()
                        .map(job -> "\"%s\" (%s, %s)".formatted(job.name(), job.id(), job.state()))
                        .collect(Collectors.joining(", "));
    }
}
