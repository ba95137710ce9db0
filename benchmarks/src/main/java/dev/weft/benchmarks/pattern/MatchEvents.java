package dev.weft.benchmarks.pattern;

import dev.weft.event.EventDraft;
import dev.weft.job.flink.connect.Outbound;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Makes of a match the event that Weft makes of it, for those who only find it: all contenders give the same, down to
 * the id, which is made of the events that were taken.
 */
final class MatchEvents {

    private static final int ID_BYTES = 16;
    private static final String VERSION = "1";

    private final String pattern;

    MatchEvents(int pattern) {
        this.pattern = "p" + pattern;
    }

    /**
     * Returns the event.
     *
     * @param taken events by step
     * @param time of the match, milliseconds since 1970
     */
    Outbound of(Map<String, List<Reading>> taken, long time) {
        String key = taken.values().iterator().next().get(0).getKey();
        EventDraft draft = EventDraft.ofNew(id(taken, key), "/weft/patterns/" + pattern, "bench.match")
                .set("time", Instant.ofEpochMilli(time).toString())
                .set("cepattern", pattern)
                .set("cepatternversion", VERSION)
                .set("subject", key);
        return new Outbound("out", draft.finish().wire());
    }

    private String id(Map<String, List<Reading>> taken, String key) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            DataOutputStream out = new DataOutputStream(bytes);
            write(pattern, out);
            write(VERSION, out);
            write("[\"" + key + "\"]", out);
            write("", out);
            for (Map.Entry<String, List<Reading>> step : taken.entrySet()) {
                write(step.getKey(), out);
                for (Reading reading : step.getValue()) {
                    write(reading.getSource(), out);
                    write(reading.getId(), out);
                }
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
