package dev.weft.workflow.host;

import dev.weft.workflow.form.OctetWriter;
import org.jspecify.annotations.Nullable;

/** Writes a form: its version first. {@link FormReader} reads it. */
final class FormWriter extends OctetWriter<FormWriter> {

    FormWriter(int version) {
        this(version, 128);
    }

    /** Makes a writer of a form that takes about so many bytes. */
    FormWriter(int version, int expected) {
        super(expected);
        octet(version);
    }

    @Override
    protected FormWriter self() {
        return this;
    }

    @Override
    protected FormWriter length(int length) {
        return signed(length);
    }

    /** Writes bytes, or that there are none. */
    FormWriter bytesOrNone(byte @Nullable [] value) {
        flag(value != null);
        return value == null ? this : bytes(value);
    }
}
