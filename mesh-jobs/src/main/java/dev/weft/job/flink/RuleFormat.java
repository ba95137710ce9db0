package dev.weft.job.flink;

import dev.weft.event.flink.WireFormat;
import dev.weft.job.rules.RuleState;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 1 of the bytes of a subtask's rules: lineage, seed, version in force, ids seen, proposals that wait. Texts
 * are as {@link WireFormat} writes them, lists are preceded by their length, and the text of a config is deflated.
 */
final class RuleFormat {

    private RuleFormat() {}

    static void write(RuleState state, DataOutputView out) throws IOException {
        WireFormat.writeText(state.lineage(), out);
        WireFormat.writeText(state.seed(), out);
        writeVersion(state.inForce(), out);
        out.writeLong(state.position());
    }

    static RuleState read(DataInputView in) throws IOException {
        String lineage = WireFormat.readText(in);
        String seed = WireFormat.readText(in);
        return new RuleState(lineage, seed, readVersion(in), in.readLong());
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
