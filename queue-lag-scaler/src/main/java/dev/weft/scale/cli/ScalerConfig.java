package dev.weft.scale.cli;

import dev.weft.config.SecretText;
import dev.weft.scale.grpc.AllowList;
import dev.weft.scale.grpc.TlsFiles;
import dev.weft.scale.pods.KubernetesPods;
import dev.weft.scale.rest.Credentials;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a scaler is set up.
 *
 * @param grpc where KEDA reaches it
 * @param http where decisions and metrics are served
 * @param tls for KEDA's calls; empty if they come in the clear
 * @param kafka clusters by the name that triggers call them; at least one
 * @param flink clusters by the name that triggers call them
 * @param state where it keeps what it learned; empty if a restart forgets it
 * @param allowed which ScaledObjects may ask
 */
public record ScalerConfig(
        InetSocketAddress grpc,
        InetSocketAddress http,
        Optional<TlsFiles> tls,
        Map<String, KafkaCluster> kafka,
        Map<String, FlinkCluster> flink,
        Optional<StateTopic> state,
        AllowList allowed) {

    public ScalerConfig {
        kafka = Collections.unmodifiableMap(new LinkedHashMap<>(kafka));
        flink = Collections.unmodifiableMap(new LinkedHashMap<>(flink));
    }

    /**
     * A Kafka cluster.
     *
     * @param bootstrapServers {@code host:port}, with commas between them
     * @param properties handed to every client as they are
     */
    public record KafkaCluster(String bootstrapServers, Map<String, SecretText> properties) {

        public KafkaCluster {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }

        /**
         * Returns what every client is configured with, secrets resolved: do not print it.
         *
         * @throws dev.weft.config.SecretUnavailable if a secret cannot be resolved
         */
        public Map<String, Object> clientProperties(Map<String, String> environment) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            properties.forEach((key, value) -> resolved.put(key, value.resolve(environment)));
            resolved.put("bootstrap.servers", bootstrapServers);
            return resolved;
        }
    }

    /**
     * A Flink cluster.
     *
     * @param url of its REST interface
     * @param login sent with each request
     * @param tls whom to trust and what to show; as the JVM does if empty
     * @param pods of its TaskManagers, which Kubernetes is told about; empty if it takes whichever it likes
     */
    public record FlinkCluster(
            URI url, Optional<Login> login, Optional<ClientTls> tls, Optional<KubernetesPods.Selection> pods) {}

    /**
     * Files in PEM for connections to others.
     *
     * @param ca authorities that the server's certificate must be of
     * @param shown what the scaler shows who it is with
     */
    public record ClientTls(Path ca, Optional<Identity> shown) {

        /** A certificate and its private key, PKCS #8. */
        public record Identity(Path certificate, Path key) {}
    }

    /** Who the scaler says it is. */
    public sealed interface Login {

        /**
         * Returns what is sent, secrets resolved.
         *
         * @throws dev.weft.config.SecretUnavailable if a secret cannot be resolved
         */
        Credentials resolve(Map<String, String> environment);

        /** By name and password, as HTTP's basic authentication has it. */
        record Basic(String user, SecretText password) implements Login {

            @Override
            public Credentials resolve(Map<String, String> environment) {
                return new Credentials.Basic(user, password.resolve(environment));
            }
        }

        /** By a bearer token. */
        record Bearer(SecretText token) implements Login {

            @Override
            public Credentials resolve(Map<String, String> environment) {
                return new Credentials.Bearer(token.resolve(environment));
            }
        }
    }

    /**
     * The compacted topic that keeps what was learned.
     *
     * @param cluster one of {@link ScalerConfig#kafka()}
     * @param replication how many copies it has if the scaler makes it; as the cluster has it if empty
     */
    public record StateTopic(String cluster, String topic, Optional<Short> replication) {}
}
