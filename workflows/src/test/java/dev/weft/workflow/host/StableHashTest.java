package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ids are in the state of jobs and in the addresses of functions. */
class StableHashTest {

    /** Of the parts, each behind its length in four bytes: by sha256sum. */
    private static final String OF_PARTS = "b534ce16ac9c8b36823f39a395ce8e0e";

    @Test
    void staysWhatItWas() {
        assertThat(StableHash.id("a", "bc")).isEqualTo(OF_PARTS);
        assertThat(StableHash.number("a", "bc")).isEqualTo(Long.parseUnsignedLong(OF_PARTS.substring(0, 16), 16));
    }

    @Test
    void partsAreNotTakenForOthers() {
        assertThat(StableHash.id("ab", "c")).isNotEqualTo(StableHash.id("a", "bc"));
    }
}
