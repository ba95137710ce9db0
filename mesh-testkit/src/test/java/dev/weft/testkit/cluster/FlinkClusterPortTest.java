package dev.weft.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.local.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterPortTest {

    @TempDir
    private Path folder;

    @Test
    void takesAnotherPortIfSomebodyElseIsQuicker() throws Exception {
        try (var quicker = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            Deque<Integer> ports = new ArrayDeque<>(List.of(free(), quicker.getLocalPort(), free(), free()));
            try (var cluster = FlinkCluster.start(FlinkClusterSettings.in(folder), purpose -> ports.remove())) {
                assertThat(cluster.restAddress().getPort()).isNotEqualTo(quicker.getLocalPort());
                assertThat(ports).isEmpty();
            }
        }
    }

    private static int free() throws Exception {
        return LoopbackPort.claim("a test", LoopbackPort.ANY);
    }
}
