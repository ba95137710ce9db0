package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.event.Origin;
import dev.weft.filter.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was stored by an older build is read by this one: the file was written when its version was new. */
class RunsFormTest {

    private static final Key KEY = new Key("[\"k\"]", "k");

    /** Its state has everything: a leading absent step, groups with rounds, branches, and a match that is held. */
    private static final GeneralEngine ENGINE = new GeneralEngine(Scene.pattern(
            "within: 100ms",
            "emission: leftmost",
            "sequence: [{ step: n, where: { type: [N] }, absent: true },"
                    + " { group: { sequence: [{ step: a, where: { type: [A] }, times: 1..2 }], times: 2..3 } },"
                    + " { step: b, where: { type: [B] }, when: data.n == sum(a.data.n) }]"));

    @Test
    void readsVersion1AndGoesOn() throws IOException {
        Runs state = read(stored());
        Told told = new Told();
        ENGINE.onEvent(state, KEY, seen("B", 9, "{\"n\": 3}", 2), told);
        assertThat(told.lines).containsExactly("match @9 a=[A1, A2] b=[B9]");
        ENGINE.onTime(state, KEY, 300, told);
        assertThat(ENGINE.isEmpty(state)).isTrue();
    }

    @Test
    void readsWhatIsHeld() throws IOException {
        Runs state = read(stored());
        assertThat(state.held).hasSize(1);
        Told told = new Told();
        ENGINE.onTime(state, KEY, 300, told);
        assertThat(told.lines).contains("match @4 a=[A2, A3] b=[B4]");
    }

    @Test
    void writesVersion1AsItWasWritten() throws IOException {
        assertThat(HexFormat.of().formatHex(written(state()))).isEqualTo(stored());
    }

    @Test
    void writesWhatItHasRead() throws IOException {
        assertThat(HexFormat.of().formatHex(written(read(stored())))).isEqualTo(stored());
    }

    @Test
    void refusesAVersionItDoesNotKnow() throws IOException {
        byte[] bytes = written(state());
        bytes[0] = 99;
        assertThatThrownBy(() -> read(HexFormat.of().formatHex(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("runs of version 99, which this release cannot read");
    }

    /** Writes what is stored, when there is a new version. */
    public static void main(String[] args) throws IOException {
        System.out.println(HexFormat.of().formatHex(written(state())));
    }

    private static Runs state() {
        Runs state = ENGINE.nothing();
        ENGINE.onEvent(state, KEY, seen("A", 1, "{\"n\": 1}", 1), new Told());
        ENGINE.onEvent(state, KEY, seen("A", 2, "{\"n\": 2}", 1), new Told());
        ENGINE.onEvent(state, KEY, seen("A", 3, "{\"n\": 5}", 1), new Told());
        ENGINE.onEvent(state, KEY, seen("B", 4, "{\"n\": 7}", 2), new Told());
        ENGINE.onEvent(state, KEY, seen("N", 5, "{}", 0), new Told());
        return state;
    }

    private static Sighting seen(String type, long time, String json, int step) {
        KeptEvent event = new KeptEvent(
                time,
                new Origin("orders", 3, time, 1_000),
                Map.of("id", type + time),
                Events.withPayload(json).data());
        return new Sighting(event, Bits.step(step));
    }

    private static byte[] written(Runs state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ENGINE.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Runs read(String hex) throws IOException {
        return ENGINE.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }

    private static String stored() throws IOException {
        try (InputStream in = RunsFormTest.class.getResourceAsStream("general.v1.hex")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
