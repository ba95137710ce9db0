package dev.weft.testkit.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this process, and the part of it that a Flink distribution has in its {@code lib}. */
final class ClassPath {

    /**
     * What {@code flink-dist} and the log4j jars beside it hold. The Kafka connector is not among them, nor is anything
     * of Kafka's or ours: a job has to bring those.
     */
    private static final Pattern IN_A_DISTRIBUTION = Pattern.compile(
            "(flink-(?!connector-kafka|test)"
                    + "|frocksdbjni-|async-profiler-|commons-(cli|collections|compress|io|lang3|math3|text)-|javassist-|kryo-"
                    + "|minlog-|objenesis-|snakeyaml-engine-|reflectasm-|lz4-java-|snappy-java-|jsr305-|slf4j-api-|log4j-).*(?<!-tests)\\.jar");

    private ClassPath() {}

    /** Returns every entry, also when the build tool hid them in the manifest of a single jar. */
    static List<Path> ofThisProcess() {
        String given = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElseGet(() -> System.getProperty("java.class.path"));
        return expand(given);
    }

    /** Returns the jars, and what holds {@code program} if that is a folder; tests' own classes are in folders. */
    static List<Path> ofJarsAnd(Class<?> program) {
        Path home = Path.of(URI.create(
                program.getProtectionDomain().getCodeSource().getLocation().toString()));
        return ofThisProcess().stream()
                .filter(entry ->
                        !Files.isDirectory(entry) || entry.toAbsolutePath().equals(home))
                .toList();
    }

    static List<Path> expand(String given) {
        return Arrays.stream(given.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .flatMap(ClassPath::withManifestEntries)
                .distinct()
                .toList();
    }

    /** Returns the jars that a Flink distribution has as well. */
    static List<Path> ofADistribution() {
        List<Path> jars = ofThisProcess().stream()
                .filter(entry -> IN_A_DISTRIBUTION
                        .matcher(entry.getFileName().toString())
                        .matches())
                .toList();
        if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("flink-runtime"))) {
            throw new IllegalStateException("flink-runtime is not on the class path: " + ofThisProcess());
        }
        return jars;
    }

    static boolean isInADistribution(Path entry) {
        return IN_A_DISTRIBUTION.matcher(entry.getFileName().toString()).matches();
    }

    static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> withManifestEntries(Path entry) {
        return Stream.concat(Stream.of(entry), Files.isRegularFile(entry) ? manifestEntries(entry) : Stream.empty());
    }

    /**
     * Entries are URLs relative to the jar. Jars of libraries name siblings that often do not exist: leave those out.
     */
    private static Stream<Path> manifestEntries(Path jar) {
        try (var open = new JarFile(jar.toFile())) {
            return Optional.ofNullable(open.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
                    .stream()
                    .flatMap(entries -> Arrays.stream(entries.trim().split("\\s+")))
                    .map(entry -> jar.toUri().resolve(entry))
                    .filter(uri -> "file".equals(uri.getScheme()))
                    .map((URI uri) -> Path.of(uri))
                    .filter(Files::exists)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + jar + " on the class path", e);
        }
    }
}
