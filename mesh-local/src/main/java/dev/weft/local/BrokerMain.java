package dev.weft.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * An {@link EmbeddedKafka} in a process of its own: {@code --dir DIR [--port PORT] [--logs DIR]}. Prints {@code READY
 * 127.0.0.1:PORT} when clients can connect, and stops cleanly when asked to terminate.
 */
public final class BrokerMain {

    /** What the line that reports a ready broker starts with; its address follows. */
    public static final String READY = "READY ";

    private static final Set<String> OPTIONS = Set.of("--dir", "--port", "--logs");

    private BrokerMain() {}

    /** Runs the broker until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> options = options(args);
        Path directory =
                Path.of(Optional.ofNullable(options.get("--dir")).orElseThrow(() -> usage("--dir is missing")));
        int port = Integer.parseInt(options.getOrDefault("--port", String.valueOf(LoopbackPort.ANY)));
        Optional.ofNullable(options.get("--logs")).map(Path::of).ifPresent(LocalLogging::toFolder);
        try {
            EmbeddedKafka kafka = EmbeddedKafka.start(directory, port);
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
            System.out.println(READY + kafka.bootstrapServers());
        } catch (StartFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw usage("unexpected " + args[i]);
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static IllegalArgumentException usage(String mistake) {
        return new IllegalArgumentException(mistake + "; usage: --dir DIR [--port PORT] [--logs DIR]");
    }
}
