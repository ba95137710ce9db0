package dev.weft.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes a program loads, in a file that later processes of the program map where they would otherwise read and
 * verify each class: half of what it costs to start a broker or a part of Flink. The first process writes it as it is
 * about to be ended. Nothing is written or read unless the system property {@value #FOLDER} names a folder.
 */
final class ClassArchive {

    static final String FOLDER = "weft.class-archives";

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final int PATIENCE_SECONDS = 60;

    /** One process writes, even where several of a program run at a time. */
    private static final Set<Path> BEING_MADE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final boolean isToBeWritten;

    private ClassArchive(Path file, boolean isToBeWritten) {
        this.file = file;
        this.isToBeWritten = isToBeWritten;
    }

    /** Returns the archive for a process that is about to start; empty where there can or shall be none. */
    static Optional<ClassArchive> of(String mainClass, List<Path> classPath) throws IOException {
        String folder = System.getProperty(FOLDER);
        return folder == null ? Optional.empty() : in(Path.of(folder), mainClass, classPath);
    }

    static Optional<ClassArchive> in(Path folder, String mainClass, List<Path> classPath) throws IOException {
        // A JVM archives classes of jars only.
        if (!Files.isExecutable(JCMD) || !classPath.stream().allMatch(Files::isRegularFile)) {
            return Optional.empty();
        }
        Path file = folder.toAbsolutePath().resolve(mainClass).resolve(fingerprint(classPath) + ".jsa");
        boolean exists = Files.exists(file);
        if (!exists && !BEING_MADE.add(file)) {
            return Optional.empty();
        }
        return Optional.of(new ClassArchive(file, !exists));
    }

    /** What a JVM compares before it takes an archive; it would go on without one and say so in its output. */
    private static UUID fingerprint(List<Path> classPath) throws IOException {
        StringBuilder seen = new StringBuilder();
        seen.append(System.getProperty("java.home")).append(System.getProperty("java.vm.version"));
        for (Path jar : classPath) {
            seen.append('\n').append(jar).append(' ').append(Files.size(jar)).append(' ');
            seen.append(Files.getLastModifiedTime(jar));
        }
        return UUID.nameUUIDFromBytes(seen.toString().getBytes(UTF_8));
    }

    List<String> jvmOptions() {
        String use = isToBeWritten ? "-XX:+RecordDynamicDumpInfo" : "-XX:SharedArchiveFile=" + file;
        // Tests read what processes print, and that some class cannot be archived is of no interest to them.
        return List.of(use, "-Xlog:cds*=off");
    }

    /** The process is about to be killed, or has ended: its archive is written if it should be and still can. */
    void writeFrom(Process process) throws InterruptedException {
        if (!isToBeWritten) {
            return;
        }
        if (!process.isAlive()) {
            giveUp();
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + "." + process.pid());
            Path words = file.resolveSibling("jcmd.out");
            Process jcmd = new ProcessBuilder(
                            JCMD.toString(), String.valueOf(process.pid()), "VM.cds", "dynamic_dump", draft.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(words.toFile())
                    .start();
            if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0 || Files.notExists(draft)) {
                jcmd.destroyForcibly().waitFor();
                System.err.println("There is no class archive " + file + ": " + Files.readString(words));
                return;
            }
            removeOlder();
            Files.move(draft, file, ATOMIC_MOVE);
        } catch (IOException e) {
            // Tests are slower without, and nothing else.
            System.err.println("There is no class archive " + file + ": " + e);
        }
    }

    /** The process ends without having written: the next one may. */
    void giveUp() {
        if (isToBeWritten) {
            BEING_MADE.remove(file);
        }
    }

    /** Each build that changes a jar asks for another archive of tens of megabytes. */
    private void removeOlder() throws IOException {
        List<Path> older;
        try (Stream<Path> files = Files.list(file.getParent())) {
            older = files.filter(each -> each.toString().endsWith(".jsa")).toList();
        }
        for (Path each : older) {
            Files.delete(each);
        }
    }
}
