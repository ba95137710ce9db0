package dev.weft.local;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Where Kafka and Flink write what they have to say. Unless told otherwise they say nothing, because the terminal
 * belongs to the person who uses it.
 */
public final class LocalLogging {

    private static final String FOLDER_PROPERTY = "weft.logs";

    private LocalLogging() {}

    /** Sends everything from {@code INFO} up to {@code weft.log} in {@code folder}, from now on. */
    public static void toFolder(Path folder) {
        System.setProperty(FOLDER_PROPERTY, folder.toAbsolutePath().toString());
        URL file = Objects.requireNonNull(
                LocalLogging.class.getClassLoader().getResource("weft-log4j2.xml"), "weft-log4j2.xml is in this jar");
        Configurator.reconfigure(uri(file));
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " came from a class loader and is a URI", e);
        }
    }
}
