package dev.weft.cep.live;

import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.KeptEventForm;
import dev.weft.cep.engine.Sighting;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An event on its way from where a pattern has seen it to what is known of its key.
 *
 * @param handle of the {@link Tenure}
 */
public record Seen(long handle, Sighting sighting) {

    /** Returns when it happened, milliseconds since 1970. */
    public long time() {
        return sighting.event().time();
    }

    /** Writes it; what holds it has a version. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(handle);
        out.writeLong(sighting.holds());
        KeptEventForm.write(sighting.event(), out);
    }

    /** Reads what {@link #write} wrote. */
    public static Seen read(DataInput in) throws IOException {
        long handle = in.readLong();
        long holds = in.readLong();
        KeptEvent event = KeptEventForm.read(in);
        return new Seen(handle, new Sighting(event, holds));
    }
}
