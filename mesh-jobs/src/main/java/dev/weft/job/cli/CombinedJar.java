package dev.weft.job.cli;

import dev.weft.job.FunctionJars;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The job's jar with the users' jars in it, as Flink takes one jar. They stay as they are, in
 * {@value FunctionJars#FOLDER}, so that their classes are not mixed with the job's. Deleted when it is closed.
 */
final class CombinedJar implements AutoCloseable {

    private final Path path;

    private CombinedJar(Path path) {
        this.path = path;
    }

    static CombinedJar of(Path job, List<Path> functions) throws IOException {
        Path folder = Files.createTempDirectory("weft-submit");
        CombinedJar combined = new CombinedJar(folder.resolve(String.valueOf(job.getFileName())));
        try {
            Files.copy(job, combined.path, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileSystem jar = FileSystems.newFileSystem(combined.path)) {
                Path into = Files.createDirectories(jar.getPath(FunctionJars.FOLDER));
                for (Path function : functions) {
                    Files.copy(function, into.resolve(String.valueOf(function.getFileName())));
                }
            }
            return combined;
        } catch (IOException e) {
            combined.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        Files.delete(path.getParent());
    }
}
