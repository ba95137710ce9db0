package dev.weft.scale.cli;

import dev.weft.scale.cli.Scaler.Outside;
import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.scale.cli.ScalerConfig.FlinkCluster;
import dev.weft.scale.control.Memories;
import dev.weft.scale.grpc.PemFiles;
import dev.weft.scale.grpc.TlsFiles;
import dev.weft.scale.kafka.KafkaQueues;
import dev.weft.scale.kafka.StateTopic;
import dev.weft.scale.lag.PodControl;
import dev.weft.scale.pods.KubernetesPods;
import dev.weft.scale.pods.ServiceAccount;
import dev.weft.scale.rest.Credentials;
import dev.weft.scale.rest.FlinkEndpoint;
import dev.weft.scale.rest.FlinkJobs;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes, of a configuration, what a scaler reads of. Nobody is connected to before he is asked. */
final class Connections {

    /** So long may Kafka, a JobManager or Kubernetes take; readings wait for it, KEDA does not. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScalerConfig config;
    private final Map<String, String> environment;

    Connections(ScalerConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    /**
     * Resolves secrets, reads files, and makes clients of them.
     *
     * @throws IOException if a file of TLS cannot be used
     * @throws dev.weft.config.SecretUnavailable if a secret cannot be resolved
     */
    Outside made() throws IOException {
        Map<String, Map<String, Object>> kafka = kafka();
        FlinkJobs jobs = new FlinkJobs(flink(), Clock.systemUTC());
        List<AutoCloseable> closing = new ArrayList<>();
        Memories memories = Memories.none();
        if (config.state().isPresent()) {
            ScalerConfig.StateTopic state = config.state().get();
            StateTopic topic = new StateTopic(
                    kafka.getOrDefault(state.cluster(), Map.of()), state.topic(), state.replication(), PATIENCE);
            memories = topic;
            closing.add(topic);
        }
        KafkaQueues queues = new KafkaQueues(kafka, PATIENCE, Clock.systemUTC());
        closing.add(queues);
        return new Outside(queues, jobs, pods(), memories, closing);
    }

    /** Does the same as far as it touches nothing but this machine: secrets and files. */
    void check() throws IOException {
        var unused = kafka();
        var alsoUnused = flink();
        if (config.tls().isPresent()) {
            TlsFiles tls = config.tls().get();
            var certificate = usable(() -> PemFiles.certificates(tls.certificate()));
            var authorities = usable(() -> PemFiles.certificates(tls.clientCa().orElse(tls.certificate())));
            var key = usable(() -> PemFiles.privateKey(tls.key()));
        }
    }

    private interface Reading<T> {
        T read() throws IOException, GeneralSecurityException;
    }

    private static <T> T usable(Reading<T> files) throws IOException {
        try {
            return files.read();
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Map<String, Map<String, Object>> kafka() {
        Map<String, Map<String, Object>> kafka = new LinkedHashMap<>();
        config.kafka().forEach((name, cluster) -> kafka.put(name, cluster.clientProperties(environment)));
        return kafka;
    }

    private Map<String, FlinkEndpoint> flink() throws IOException {
        Map<String, FlinkEndpoint> flink = new LinkedHashMap<>();
        for (Map.Entry<String, FlinkCluster> cluster : config.flink().entrySet()) {
            flink.put(cluster.getKey(), endpoint(cluster.getValue()));
        }
        return flink;
    }

    private PodControl pods() {
        Map<String, KubernetesPods.Selection> pods = new LinkedHashMap<>();
        config.flink().forEach((name, cluster) -> cluster.pods().ifPresent(selection -> pods.put(name, selection)));
        return new KubernetesPods(pods, ServiceAccount.from(environment), PATIENCE);
    }

    private FlinkEndpoint endpoint(FlinkCluster cluster) throws IOException {
        FlinkEndpoint endpoint = FlinkEndpoint.at(cluster.url()).within(PATIENCE);
        Optional<Credentials> credentials = cluster.login().map(login -> login.resolve(environment));
        if (credentials.isPresent()) {
            endpoint = endpoint.with(credentials.get());
        }
        Optional<ClientTls> tls = cluster.tls();
        if (tls.isPresent()) {
            endpoint = endpoint.with(usable(() -> PemContext.of(tls.get())));
        }
        return endpoint;
    }
}
