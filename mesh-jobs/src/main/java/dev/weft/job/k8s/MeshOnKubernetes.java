package dev.weft.job.k8s;

import dev.weft.job.KafkaSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A job, and what somebody wants of it on Kubernetes.
 *
 * @param name what its objects are called, with what they are behind it; it fits into the name of a Service
 * @param tls whether KEDA and the scaler know each other by certificates
 * @param namespace absent: that of whoever applies the manifests
 * @param image of the job; absent: the base's
 * @param scalerImage of the scaler; absent: the base's
 * @param files the job config and what it names
 * @param jobName what the job is called in Flink
 * @param topics that the job reads, at least one
 * @param variables what the config's <code>${NAME}</code>s stand for
 * @param secrets that the config and what it names refer to
 * @param ports that the job calls, beside Kafka's
 * @param size how large it may be
 * @param state a URL for checkpoints and what high availability keeps; absent: a volume
 * @param savepoint from which it goes on; absent: from its newest checkpoint, or anew
 */
public record MeshOnKubernetes(
        String name,
        Mode mode,
        boolean tls,
        Optional<String> namespace,
        Optional<String> image,
        Optional<String> scalerImage,
        MountedFiles files,
        String jobName,
        KafkaSettings kafka,
        SortedSet<String> topics,
        SortedMap<String, String> variables,
        Secrets secrets,
        SortedSet<Integer> ports,
        Size size,
        Optional<String> state,
        Optional<String> savepoint) {

    /**
     * How large the job may be.
     *
     * @param least TaskManagers while there is something to do, at least 1
     * @param most TaskManagers, at least {@code least}
     * @param slots of each TaskManager, at least 1
     * @param toZero whether there may be none
     * @param slo so long may an event wait
     */
    public record Size(int least, int most, int slots, boolean toZero, Duration slo) {}

    /** Returns the Secret that holds the variables. */
    public String variablesSecret() {
        return name + "-secrets";
    }

    /** Returns the Secret that holds the files. */
    public String filesSecret() {
        return name + "-files";
    }
}
