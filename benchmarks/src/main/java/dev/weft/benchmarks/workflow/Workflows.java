package dev.weft.benchmarks.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The workflows that are measured. */
final class Workflows {

    private Workflows() {}

    static String read(String name) throws IOException {
        try (InputStream in = Workflows.class.getResourceAsStream("/workflows/" + name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
