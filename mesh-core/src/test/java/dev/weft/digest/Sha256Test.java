package dev.weft.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** Of "abc": the example of FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isWhatTheStandardSays() {
        assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(ABC);
        assertThat(Sha256.id(Sha256.of("abc"))).isEqualTo(ABC.substring(0, 32));
        assertThat(Sha256.number(Sha256.of("abc"))).isEqualTo(0xba7816bf8f01cfeaL);
    }

    @Test
    void hashesTextAsUtf8() {
        assertThat(Sha256.of("é")).isEqualTo(Sha256.of("é".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesPartsAsOne() {
        var digest = Sha256.begin();
        digest.update((byte) 'a');
        assertThat(digest.digest("bc".getBytes(StandardCharsets.UTF_8))).isEqualTo(Sha256.of("abc"));
    }
}
