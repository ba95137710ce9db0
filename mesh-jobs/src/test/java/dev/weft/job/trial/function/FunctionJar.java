package dev.weft.job.trial.function;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The classes of this package in a jar, as somebody who wrote functions would submit them. */
public final class FunctionJar {

    private FunctionJar() {}

    /** Writes the jar and returns it. */
    public static Path write(Path jar) throws IOException, URISyntaxException {
        Path classes = Path.of(FunctionJar.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path folder = classes.resolve(FunctionJar.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            List<Path> sorted = files.sorted().toList();
            for (Path file : sorted) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
