package dev.weft.job.cli;

import dev.weft.local.LoopbackPort;
import dev.weft.local.StartFailure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a mesh on this machine listens and writes. */
final class LocalOptions {

    private static final int USUAL_KAFKA_PORT = 9092;
    private static final int USUAL_WEB_PORT = 8081;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port of the embedded Kafka (default: 9092, or a free one if that is taken)")
    private @Nullable Integer kafkaPort;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "port of Flink's web pages (default: 8081, or a free one if that is taken)")
    private @Nullable Integer webPort;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "the only folder that is written to (default: .weft where Weft is)")
    private @Nullable Path workFolder;

    Path workFolder(Shell shell) {
        return WorkFolderOption.orDefault(workFolder, shell);
    }

    int kafkaPort() {
        return kafkaPort == null ? usualOrFree(USUAL_KAFKA_PORT) : kafkaPort;
    }

    int webPort() {
        return webPort == null ? usualOrFree(USUAL_WEB_PORT) : webPort;
    }

    /** A port that was asked for must be had; the usual one is only a convenience. */
    private static int usualOrFree(int usual) {
        try {
            return LoopbackPort.claim("a port", usual);
        } catch (StartFailure taken) {
            return LoopbackPort.ANY;
        }
    }
}
