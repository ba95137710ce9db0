package dev.weft.cep.live;

import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.PatternText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a {@link Roster}: a byte with its version, the roster's number, then each tenure: the pattern as
 * its text, from when, until when, and what becomes of partial matches then.
 */
public final class RosterForm {

    static final int VERSION = 1;

    private RosterForm() {}

    /** Writes the roster. */
    public static void write(Roster roster, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(roster.number());
        out.writeInt(roster.tenures().size());
        for (Tenure tenure : roster.tenures()) {
            byte[] text = tenure.pattern().text().getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            out.writeLong(tenure.from());
            out.writeLong(tenure.until());
            out.writeByte(tenure.fate().ordinal());
        }
    }

    /** Reads what {@link #write} wrote, of this version or an older one. */
    public static Roster read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("patterns of version " + version + ", which this release cannot read");
        }
        int number = in.readInt();
        int count = in.readInt();
        List<Tenure> tenures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] text = new byte[in.readInt()];
            in.readFully(text);
            tenures.add(new Tenure(
                    PatternText.read(new String(text, StandardCharsets.UTF_8)),
                    in.readLong(),
                    in.readLong(),
                    OnUpdate.values()[in.readUnsignedByte()]));
        }
        return new Roster(number, tenures);
    }
}
