package dev.weft.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    /** What Linux gives to outgoing connections begins here; elsewhere it begins later. */
    private static final int FIRST_OF_OUTGOING = 32_768;

    @Test
    void givesNoPortThatAnOutgoingConnectionMayTakeBeforeItIsBound() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(LoopbackPort.claim("a test", LoopbackPort.ANY)).isBetween(1024, FIRST_OF_OUTGOING - 1);
        }
    }

    @Test
    void givesNoPortTwice() throws Exception {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            assertThat(given.add(LoopbackPort.claim("a test", LoopbackPort.ANY)))
                    .isTrue();
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (var holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            assertThatThrownBy(() -> LoopbackPort.claim("the shop", holder.getLocalPort()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(String.valueOf(holder.getLocalPort()));
        }
    }
}
