package dev.weft.job.flink;

import dev.weft.event.flink.WireFormat;
import dev.weft.job.rules.Part;
import dev.weft.job.rules.Pause;
import dev.weft.job.rules.Pauses;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a subtask's rules: lineage, seed, version in force, position, and, from version 2 on, what stands still.
 * Texts are as {@link WireFormat} writes them, lists are preceded by their length, and the text of a config is
 * deflated.
 */
final class RuleFormat {

    /** The version that is written. */
    static final int VERSION = 2;

    private RuleFormat() {}

    static void write(RuleState state, DataOutputView out) throws IOException {
        WireFormat.writeText(state.lineage(), out);
        WireFormat.writeText(state.seed(), out);
        writeVersion(state.inForce(), out);
        out.writeLong(state.position());
        out.writeInt(state.pauses().all().size());
        for (Pause pause : state.pauses().all()) {
            out.writeBoolean(pause.part().kind() == Part.Kind.TARGET);
            WireFormat.writeText(pause.part().name(), out);
            WireFormat.writeText(pause.author(), out);
            WireFormat.writeText(pause.at(), out);
            WireFormat.writeText(pause.why(), out);
        }
    }

    static RuleState read(DataInputView in, int version) throws IOException {
        String lineage = WireFormat.readText(in);
        String seed = WireFormat.readText(in);
        RuleVersion inForce = readVersion(in);
        long position = in.readLong();
        return new RuleState(lineage, seed, inForce, position, version < 2 ? Pauses.NONE : readPauses(in));
    }

    private static Pauses readPauses(DataInputView in) throws IOException {
        List<Pause> pauses = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            Part.Kind kind = in.readBoolean() ? Part.Kind.TARGET : Part.Kind.ROUTE;
            Part part = new Part(kind, WireFormat.readText(in));
            pauses.add(new Pause(part, WireFormat.readText(in), WireFormat.readText(in), WireFormat.readText(in)));
        }
        return new Pauses(pauses);
    }

    private static void writeVersion(RuleVersion version, DataOutputView out) throws IOException {
        out.writeInt(version.number());
        WireFormat.writeText(version.id(), out);
        WireFormat.writeText(version.author(), out);
        RulesText rules = version.rules();
        WireFormat.writeText(rules.file(), out);
        byte[] text = deflated(rules.text());
        out.writeInt(text.length);
        out.write(text);
        out.writeInt(rules.variables().size());
        for (Map.Entry<String, String> variable : rules.variables().entrySet()) {
            WireFormat.writeText(variable.getKey(), out);
            WireFormat.writeText(variable.getValue(), out);
        }
    }

    private static RuleVersion readVersion(DataInputView in) throws IOException {
        int number = in.readInt();
        String id = WireFormat.readText(in);
        String author = WireFormat.readText(in);
        String file = WireFormat.readText(in);
        byte[] text = new byte[in.readInt()];
        in.readFully(text);
        SortedMap<String, String> variables = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            variables.put(WireFormat.readText(in), WireFormat.readText(in));
        }
        return new RuleVersion(number, id, author, new RulesText(file, inflated(text), variables));
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static String inflated(byte[] bytes) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
