package dev.weft.workflow.host;

import dev.weft.workflow.form.OctetReader;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FormWriter} wrote. */
final class FormReader extends OctetReader<UnreadableException> {

    private final String what;

    /** Begins to read a form of that version. */
    FormReader(String what, byte[] bytes, int version) throws UnreadableException {
        super(bytes);
        this.what = what;
        int found = octet();
        if (found != version) {
            throw unreadable("version " + found + ", expected " + version);
        }
    }

    @Override
    protected long length() throws UnreadableException {
        return signed();
    }

    byte @Nullable [] bytesOrNone() throws UnreadableException {
        return flag() ? bytes() : null;
    }

    @Override
    public UnreadableException unreadable(String found) {
        return new UnreadableException("cannot read " + what + ": found " + found);
    }
}
