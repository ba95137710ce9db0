package dev.weft.job;

import dev.weft.config.Checked;
import java.util.Map;

/** Reads a job config: the whole {@link JobConfig}, or every mistake in the file at once. */
public final class JobConfigReader {

    private JobConfigReader() {}

    /**
     * Reads one file.
     *
     * @param file the name that problems give, as the person typed it
     * @param text YAML or JSON
     * @param environment where {@code ${NAME}} is looked up
     */
    public static Checked<JobConfig> read(String file, String text, Map<String, String> environment) {
        throw new UnsupportedOperationException("follows in the next commits of this branch");
    }
}
