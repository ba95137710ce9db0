package dev.weft.event.avro;

import dev.weft.event.PayloadReader;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads that are one datum in Avro's binary encoding, written with one schema (Avro 1.12 specification,
 * sections "Binary encoding" and "Logical types"). What Avro's types become in JSON is listed in
 * {@code docs/payloads.md}.
 *
 * <p>Not read are object container files, single-object encoding and the framing of schema registries: they begin with
 * bytes that are no datum. Travels as the schema's text.
 */
public final class AvroReader implements PayloadReader {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_SCHEMA = 1_000_000;

    private final String text;
    private final transient Schema schema;

    private AvroReader(String text, Schema schema) {
        this.text = text;
        this.schema = schema;
    }

    /**
     * Returns the reader of what was written with a schema.
     *
     * @param schema an Avro schema in JSON
     * @throws IllegalArgumentException if it is none; the message says why, ready to stand after the word "found"
     */
    public static AvroReader of(String schema) {
        if (schema.length() > LONGEST_SCHEMA) {
            throw new IllegalArgumentException("a schema of " + schema.length() + " characters");
        }
        try {
            return new AvroReader(schema, new Schema.Parser().parse(schema));
        } catch (SchemaParseException e) {
            throw new IllegalArgumentException("a schema that cannot be read: " + reason(e), e);
        } catch (AvroRuntimeException | NullPointerException e) {
            // The latter is how Avro says that a schema which is nothing but a name has a name it does not know.
            throw new IllegalArgumentException("a schema that means nothing: " + reason(e), e);
        }
    }

    /** Avro and Jackson say the rest of the schema, and where they parsed it, on further lines. */
    private static String reason(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public PayloadReading read(byte[] bytes, Projection wanted) {
        try {
            return new PayloadReading(new AvroDatum(bytes, wanted).read(schema), null);
        } catch (DamageException e) {
            return PayloadReading.damaged("the payload is not the Avro it says it is: " + e.getMessage());
        }
    }

    private Object readResolve() {
        return of(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AvroReader that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
