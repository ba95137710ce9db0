package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.flink.statefun.sdk.java.StatefulFunction;

/** Makes jars of functions as a user does. */
final class Jars {

    private Jars() {}

    /** Compiles a source file against the SDK alone, puts its classes into a jar, and returns the jar. */
    static Path of(Path jar, Path source) throws Exception {
        Path classes = Files.createDirectories(jar.resolveSibling(jar.getFileName() + ".classes"));
        String sdk = Path.of(StatefulFunction.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", sdk, "-d", classes.toString(), source.toString());
        assertThat(exitCode).as("the compiler's exit code").isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files(classes)) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
