package dev.weft.job.cli.flink;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was saved.
 *
 * @param type of the function whose values these are; empty for what functions of the id will send later
 * @param bytes in the form of the row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SavedRow(String type, String id, byte[] bytes) {

    /**
     * Which rows are wanted.
     *
     * @param type null for all
     * @param id null for all
     */
    public record Wanted(@Nullable String type, @Nullable String id) implements Serializable {

        boolean isOfId(String other) {
            return id == null || id.equals(other);
        }

        boolean isOfType(String other) {
            return type == null || type.equals(other);
        }
    }
}
