package dev.weft.job;

import java.util.Map;

/** Job configs for tests, read as a file would be. */
public final class Jobs {

    private Jobs() {}

    /**
     * Returns the job of this specification.
     *
     * @param spec the members below {@code spec}, without {@code kafka} unless it has settings of its own
     */
    public static JobConfig named(String name, String spec) {
        return JobConfigReader.read("test.yaml", text(name, spec), Map.of()).orElseThrow();
    }

    /** Returns the file that says the same. */
    public static String text(String name, String spec) {
        String kafka = spec.contains("kafka:") ? "" : "kafka: { bootstrapServers: \"127.0.0.1:9\" }\n";
        return """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: %s }
                spec:
                %s""".formatted(name, (kafka + spec).indent(2));
    }
}
