package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.flink.statefun.sdk.java.StatefulFunction;

/** Makes jars of functions as a user does. */
public final class Jars {

    private Jars() {}

    /** Compiles source files against the SDK alone, puts their classes into a jar, and returns the jar. */
    public static Path of(Path jar, Path... sources) throws Exception {
        Path classes = Files.createDirectories(jar.resolveSibling(jar.getFileName() + ".classes"));
        String sdk = Path.of(StatefulFunction.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        List<String> options = new ArrayList<>(List.of("-cp", sdk, "-d", classes.toString()));
        Stream.of(sources).map(Path::toString).forEach(options::add);
        int exitCode = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
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
