package dev.weft.job.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --work-dir}: the folder of the mesh on this machine that a command asks about. */
final class WorkFolderOption {

    private static final String DEFAULT = ".weft";

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "work folder of the mesh running here (default: .weft where Weft is)")
    private @Nullable Path named;

    /** Returns what is known of the mesh that runs in the folder, if one does. */
    Optional<RunState> running(Shell shell) throws CommandFailure {
        return RunState.read(folder(shell));
    }

    Path folder(Shell shell) {
        return orDefault(named, shell);
    }

    /** Returns the folder that was named, or the one every command assumes. */
    static Path orDefault(@Nullable Path named, Shell shell) {
        return named == null ? shell.home().resolve(DEFAULT) : named;
    }
}
