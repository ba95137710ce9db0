package dev.weft.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.local.LoopbackPort;
import dev.weft.local.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkTest {

    @TempDir
    private Path folder;

    @Test
    void runsAJobThatKeepsItsStateInRocksDb() throws Exception {
        try (var flink = EmbeddedFlink.start(FlinkSettings.in(folder))) {
            StreamExecutionEnvironment env = flink.environment();
            env.enableCheckpointing(100);

            List<Long> counts = env.fromData("a", "b", "a", "a")
                    .keyBy(word -> word)
                    .map(new CountPerKey<>())
                    .executeAndCollect(4);

            assertThat(counts).containsExactlyInAnyOrder(1L, 1L, 2L, 3L);
            assertThat(foldersBelow(folder)).anyMatch(name -> name.contains("rocksdb-lib"));
        }
    }

    @Test
    void answersWithItsStateAndItsWebPages() throws Exception {
        try (var flink = EmbeddedFlink.start(FlinkSettings.in(folder).withSlots(3))) {
            assertThat(get(flink.restAddress().resolve("/overview"))).contains("\"slots-total\":3");
            assertThat(get(flink.restAddress().resolve("/"))).contains("<title>Apache Flink Web Dashboard</title>");
        }
    }

    @Test
    void aTakenPortIsSaidInOneSentence() throws Exception {
        try (var holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            int port = holder.getLocalPort();
            assertThatThrownBy(
                            () -> EmbeddedFlink.start(FlinkSettings.in(folder).withWebPort(port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("Port " + port + ", wanted for Flink's web pages, is already taken on 127.0.0.1:"
                            + " stop the program that listens there, or choose another port.");
        }
    }

    private static String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** The job is ending, and what it deletes meanwhile is passed over. */
    private static List<String> foldersBelow(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                names.add(folder.getFileName().toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return names;
    }
}
