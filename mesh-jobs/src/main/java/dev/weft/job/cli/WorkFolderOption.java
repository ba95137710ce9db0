package dev.weft.job.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder a mesh on this machine writes to. */
final class WorkFolderOption {

    private static final String DEFAULT = ".weft";

    private WorkFolderOption() {}

    /** Returns the folder that was named, or the one every command assumes. */
    static Path orDefault(@Nullable Path named, Shell shell) {
        return named == null ? shell.home().resolve(DEFAULT) : named;
    }
}
