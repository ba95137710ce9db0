package dev.weft.job.cli;

import dev.weft.job.JobConfig;
import java.time.Duration;
import java.util.Properties;
import picocli.CommandLine.Option;

/** {@code --wait}: how long a command waits for Kafka. */
final class KafkaPatience {

    @Option(
            names = "--wait",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description = "how long Kafka may take to answer (default: ${DEFAULT-VALUE})")
    private Duration wait = Duration.ofSeconds(10);

    Duration asDuration() {
        return wait;
    }

    /** Returns what a Kafka client of this command is configured with. */
    Properties client(JobConfig mesh, Shell shell) {
        return client(mesh, shell, wait);
    }

    /** Returns what a Kafka client of a command is configured with: it gives up after seconds, not minutes. */
    static Properties client(JobConfig mesh, Shell shell, Duration wait) {
        String millis = Long.toString(wait.toMillis());
        Properties client = mesh.kafka().clientProperties(shell.environment());
        client.put("request.timeout.ms", millis);
        client.put("default.api.timeout.ms", millis);
        client.put("max.block.ms", millis);
        client.put("linger.ms", "0");
        client.put("delivery.timeout.ms", millis);
        client.put("client.id", "weft-cli");
        return client;
    }
}
