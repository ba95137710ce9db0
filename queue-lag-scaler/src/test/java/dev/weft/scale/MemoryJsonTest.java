package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MemoryJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void nothingIsRememberedOfNothing() {
        assertThat(MemoryJson.read(MemoryJson.write(Memory.empty()))).isEqualTo(Memory.empty());
    }

    @Test
    void whatIsNotThereIsNotKnown() throws Exception {
        Memory memory = MemoryJson.read(JSON.readTree("{\"version\": 1, \"wanted\": 4}"));

        assertThat(memory.wanted()).isEqualTo(4);
        assertThat(memory.capacity()).isEqualTo(Capacity.UNKNOWN);
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> MemoryJson.read(JSON.readTree("{\"version\": 7}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found a memory of version 7, expected 1");
    }
}
