package dev.weft.job.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * One job of a cluster, as its list shows it.
 *
 * @param id 32 hexadecimal digits
 * @param name the name the job was started with; not unique
 * @param started when the cluster accepted it
 * @param running how long it has been, or was, on the cluster
 */
public record JobSummary(String id, String name, JobState state, Instant started, Duration running) {}
