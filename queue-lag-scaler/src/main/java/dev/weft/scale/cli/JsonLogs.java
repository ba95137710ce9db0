package dev.weft.scale.cli;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.jul.Log4jBridgeHandler;

/** What the scaler says of itself, and what its libraries say: one JSON object a line, to the standard error. */
final class JsonLogs {

    private JsonLogs() {}

    /** Logs that way from now on. */
    static void start() {
        URL file = Objects.requireNonNull(
                JsonLogs.class.getClassLoader().getResource("weft-scaler-log4j2.xml"),
                "weft-scaler-log4j2.xml is in this jar");
        try {
            Configurator.reconfigure(file.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(file + " came from a class loader and is a URI", e);
        }
        Log4jBridgeHandler.install(true, null, true); // gRPC logs by the JDK's own means
    }
}
