package dev.weft.job.cli.flink;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was saved.
 *
 * @param type of the function whose values these are; empty for what functions of the id will send later
 * @param bytes in the form of the row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SavedRow(String type, String id, byte[] bytes) {

    /** How the bytes of a row are read. */
    public interface Form<T> {
        T read(DataInput in) throws IOException;
    }

    /** Whether this is what functions of the id will send later. */
    public boolean isDelays() {
        return type.isEmpty();
    }

    /** Returns the row. Throws {@link UncheckedIOException} where a newer Weft has written it. */
    public <T> T read(Form<T> form) {
        try {
            return form.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
