package dev.weft.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Await;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    private static final String NAME = WaitingProgram.class.getName();

    @TempDir
    private Path folder;

    @Test
    void whatOneProcessHasLoadedTheNextMaps() throws Exception {
        Path jar = jar();
        String first = runOnce(jar, "first");
        String second = runOnce(jar, "second");

        assertThat(first).contains(NAME + " source: file:");
        assertThat(second).contains(NAME + " source: shared objects file (top)");
    }

    @Test
    void whatTheArchiveIsNotOfIsLoadedFromItsJarWithoutAWord() throws Exception {
        Path jar = jar();
        runOnce(jar, "first");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        String changed = runOnce(jar, "changed");

        assertThat(changed).contains(NAME + " source: file:").doesNotContain("warning");
    }

    @Test
    void aProcessThatIsKilledLeavesTheArchiveToTheNext() throws Exception {
        Path jar = jar();
        start(jar, "killed").kill();

        assertThat(archives()).isEmpty();
        runOnce(jar, "next");
        assertThat(archives()).hasSize(1);
    }

    @Test
    void thereIsNoneForAFolderOfClasses() throws Exception {
        assertThat(ClassArchive.in(folder, NAME, List.of(folder))).isEmpty();
    }

    private String runOnce(Path jar, String name) throws Exception {
        JavaProcess process = start(jar, name);
        process.end();
        return process.printed();
    }

    private JavaProcess start(Path jar, String name) throws Exception {
        JavaProcess process = JavaProcess.start(
                name,
                List.of(jar),
                List.of("-Xlog:class+load"),
                NAME,
                List.of(),
                folder.resolve(name + ".out"),
                ClassArchive.in(folder.resolve("archives"), NAME, List.of(jar)));
        Await.until("the program to run", Duration.ofMinutes(1), () -> {
            process.requireAlive();
            return process.printed().contains(WaitingProgram.RUNS);
        });
        return process;
    }

    private List<Path> archives() throws Exception {
        Path made = folder.resolve("archives").resolve(NAME);
        if (Files.notExists(made)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private Path jar() throws Exception {
        Path jar = folder.resolve("program.jar");
        String entry = NAME.replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                InputStream bytes =
                        Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(entry))) {
            entries.putNextEntry(new JarEntry(entry));
            bytes.transferTo(entries);
        }
        return jar;
    }
}
