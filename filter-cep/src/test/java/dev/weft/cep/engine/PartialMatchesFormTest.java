package dev.weft.cep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Shape;
import dev.weft.event.MeshEvent;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was stored by an older build is read by this one: the files were written when their version was new. */
class PartialMatchesFormTest {

    private static final Key KEY = new Key("[\"k\"]", "k");

    private static final PatternEngine<PartialMatches> SEQUENCE = engine("sequence: ["
            + "{ step: n, where: { type: [N] }, absent: true }, { step: a, where: { type: [A] }, times: 2 },"
            + " { step: b, where: { type: [B] }, when: data.n == sum(a.data.n) }]");

    private static final PatternEngine<PartialMatches> WINDOW =
            engine("sequence: [{ step: a, where: { type: [A] }, times: 3 }]");

    @Test
    void readsASequenceOfVersion1AndGoesOn() throws IOException {
        PartialMatches state = read(stored("sequence.v1.hex"));
        Told told = new Told();
        SEQUENCE.onEvent(state, KEY, seen("B", 9, "{\"n\": 3.5}", 2), told);
        SEQUENCE.onEvent(state, KEY, seen("A", 10, "{\"n\": 1}", 1), told);
        SEQUENCE.onTime(state, KEY, 300, told);
        assertThat(told.lines).containsExactly("match @9 a=[A1, A2] b=[B9]");
        assertThat(SEQUENCE.isEmpty(state)).isTrue();
    }

    @Test
    void readsAWindowOfVersion1AndGoesOn() throws IOException {
        PartialMatches state = read(stored("window.v1.hex"));
        Told told = new Told();
        WINDOW.onEvent(state, KEY, seen("A", 9, "{}", 0), told);
        assertThat(told.lines).containsExactly("match @9 a=[A1, A2, A9]");
    }

    @Test
    void writesVersion1AsItWasWritten() throws IOException {
        assertThat(HexFormat.of().formatHex(written(sequence()))).isEqualTo(stored("sequence.v1.hex"));
        assertThat(HexFormat.of().formatHex(written(window()))).isEqualTo(stored("window.v1.hex"));
    }

    @Test
    void refusesAVersionItDoesNotKnow() throws IOException {
        byte[] bytes = written(window());
        bytes[0] = 99;
        assertThatThrownBy(() -> read(HexFormat.of().formatHex(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("partial matches of version 99, which this release cannot read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":1e400}", "{\"n\":12345678901234567890,\"m\":0.10}", "[\"\\u0000\",null,true]", "3"})
    void keepsEveryDigitOfAPayload(String json) throws IOException {
        MeshEvent event = Events.withPayload(json);
        assertThat(again(event.data())).isEqualTo(event.data());
    }

    @Test
    void keepsThatThereIsNoPayload() throws IOException {
        assertThat(again(MissingNode.getInstance()).isMissingNode()).isTrue();
    }

    @Test
    void copiesWhatNothingChanges() throws IOException {
        PartialMatches state = sequence();
        PartialMatches copy = state.copy();
        SEQUENCE.onEvent(state, KEY, seen("B", 9, "{\"n\": 3.5}", 2), new Told());
        assertThat(written(copy)).isEqualTo(written(sequence()));
    }

    /** Writes what is stored, when there is a new version. */
    public static void main(String[] args) throws IOException {
        System.out.println(HexFormat.of().formatHex(written(sequence())));
        System.out.println(HexFormat.of().formatHex(written(window())));
    }

    private static PartialMatches sequence() {
        PartialMatches state = SEQUENCE.nothing();
        SEQUENCE.onEvent(state, KEY, seen("A", 1, "{\"n\": 1}", 1), new Told());
        SEQUENCE.onEvent(state, KEY, seen("A", 2, "{\"n\": 2.5}", 1), new Told());
        SEQUENCE.onEvent(state, KEY, seen("N", 3, "{}", 0), new Told());
        return state;
    }

    private static PartialMatches window() {
        PartialMatches state = WINDOW.nothing();
        WINDOW.onEvent(state, KEY, seen("A", 1, "{}", 0), new Told());
        WINDOW.onEvent(state, KEY, seen("A", 2, "{}", 0), new Told());
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

    private static JsonNode again(JsonNode data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        KeptEventForm.write(new KeptEvent(1, Origin.NONE, Map.of(), data), new DataOutputStream(bytes));
        return KeptEventForm.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .data();
    }

    private static byte[] written(PartialMatches state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PartialMatchesForm.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static PartialMatches read(String hex) throws IOException {
        return PartialMatchesForm.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }

    private static String stored(String name) throws IOException {
        try (InputStream in = PartialMatchesFormTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private static PatternEngine<PartialMatches> engine(String sequence) {
        Pattern pattern = Scene.pattern("within: 100ms", sequence);
        return Shape.of(pattern) == Shape.COUNT ? new WindowEngine(pattern) : new SequenceEngine(pattern);
    }
}
