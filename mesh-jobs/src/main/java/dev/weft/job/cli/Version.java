package dev.weft.job.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of Weft and of what it runs on; the build writes them next to this class. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Properties built = built();
        return new String[] {
            "weft %s (Flink %s, Kafka %s, Java %s)"
                    .formatted(
                            built.getProperty("weft"),
                            built.getProperty("flink"),
                            built.getProperty("kafka"),
                            Runtime.version())
        };
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            built.load(file);
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties is not readable", e);
        }
    }
}
