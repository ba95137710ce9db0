package dev.weft.job.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.k8s.NetworkFlows.End;
import java.util.List;
import java.util.Map;

/** Which connections a mesh needs, and some it must not allow. */
public final class RequiredFlows {

    private static final End KEDA =
            new End(Map.of("app", "keda-operator"), Map.of("kubernetes.io/metadata.name", "keda"));
    private static final End PROMETHEUS =
            new End(Map.of("app", "prometheus"), Map.of("kubernetes.io/metadata.name", "monitoring"));
    private static final End DNS =
            new End(Map.of("k8s-app", "kube-dns"), Map.of("kubernetes.io/metadata.name", "kube-system"));
    private static final End ELSEWHERE =
            new End(Map.of("app", "kafka"), Map.of("kubernetes.io/metadata.name", "kafka"));

    private RequiredFlows() {}

    /** Asserts that the policies of a mesh let through what must flow, and do not what must not. */
    public static void assertIn(List<Manifest> manifests, String instance, int kafkaPort) {
        NetworkFlows flows = new NetworkFlows(manifests);
        End jobManager = End.of(instance, "jobmanager");
        End taskManager = End.of(instance, "taskmanager");
        End scaler = End.of(instance, "scaler");
        boolean marksPods =
                manifests.stream().map(Manifest::toString).anyMatch(("Role " + instance + "-scaler")::equals);

        record Flow(String what, End from, End to, String protocol, int port, boolean needed) {}
        List.of(
                        new Flow("tasks register", taskManager, jobManager, "TCP", 6123, true),
                        new Flow("the job's code", taskManager, jobManager, "TCP", 6124, true),
                        new Flow("tasks are told", jobManager, taskManager, "TCP", 6122, true),
                        new Flow("Flink's metrics", jobManager, taskManager, "TCP", 6125, true),
                        new Flow("events", taskManager, taskManager, "TCP", 6121, true),
                        new Flow("high availability", jobManager, ELSEWHERE, "TCP", 443, true),
                        new Flow("high availability", taskManager, ELSEWHERE, "TCP", 6443, true),
                        new Flow("Kafka", jobManager, ELSEWHERE, "TCP", kafkaPort, true),
                        new Flow("Kafka", taskManager, ELSEWHERE, "TCP", kafkaPort, true),
                        new Flow("Kafka", scaler, ELSEWHERE, "TCP", kafkaPort, true),
                        new Flow("REST", scaler, jobManager, "TCP", 8081, true),
                        new Flow("KEDA asks", KEDA, scaler, "TCP", 9090, true),
                        new Flow("metrics", PROMETHEUS, scaler, "TCP", 8080, true),
                        new Flow("names", jobManager, DNS, "UDP", 53, true),
                        new Flow("names", taskManager, DNS, "UDP", 53, true),
                        new Flow("names", scaler, DNS, "TCP", 53, true),
                        new Flow("anybody asks the scaler", ELSEWHERE, scaler, "TCP", 9090, false),
                        new Flow("anybody stops the job", ELSEWHERE, jobManager, "TCP", 8081, false),
                        new Flow("KEDA stops the job", KEDA, jobManager, "TCP", 8081, false),
                        new Flow("the scaler is one of Flink's", scaler, jobManager, "TCP", 6123, false),
                        new Flow("deletion costs", scaler, ELSEWHERE, "TCP", 443, marksPods),
                        new Flow("deletion costs", scaler, ELSEWHERE, "TCP", 6443, marksPods),
                        new Flow("a task scales", taskManager, scaler, "TCP", 9090, false))
                .forEach(flow -> assertThat(flows.letsThrough(flow.from(), flow.to(), flow.protocol(), flow.port()))
                        .as("%s: %s to %s at %d", flow.what(), flow.from(), flow.to(), flow.port())
                        .isEqualTo(flow.needed()));
    }
}
