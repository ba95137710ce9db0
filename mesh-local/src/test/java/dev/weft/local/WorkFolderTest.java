package dev.weft.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @TempDir
    private Path folder;

    @Test
    void isHeldByOneAtATime() throws Exception {
        try (var held = WorkFolder.open(folder)) {
            assertThatThrownBy(() -> WorkFolder.open(held.path()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("The folder " + folder + " is in use by another Weft");
        }
        WorkFolder.open(folder).close();
    }

    @Test
    void deletesWhatIsTemporaryAndKeepsTheRest() throws Exception {
        try (var open = WorkFolder.open(folder)) {
            Files.createDirectories(open.kafka());
            Files.writeString(open.kafka().resolve("topic"), "kept");
            Files.writeString(open.temporary().resolve("native.so"), "gone");
        }
        assertThat(folder.resolve("kafka/topic")).hasContent("kept");
        assertThat(folder.resolve("tmp")).doesNotExist();
    }

    @Test
    void clearsWhatACrashLeftBehind() throws Exception {
        Files.createDirectories(folder.resolve("tmp/left"));
        try (var open = WorkFolder.open(folder)) {
            assertThat(open.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidInOneSentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> WorkFolder.open(file.resolve("below")))
                .isInstanceOf(StartFailure.class)
                .hasMessage("The folder " + file.resolve("below") + " cannot be written to:"
                        + " choose another work folder, or change its permissions.");
    }

    @Test
    void aNearlyFullDiskIsSaidInOneSentence() {
        assertThatThrownBy(() -> WorkFolder.requireSpace(folder, Long.MAX_VALUE))
                .isInstanceOf(StartFailure.class)
                .hasMessageMatching("The disk that holds .* has \\d+ MB left and at least " + Long.MAX_VALUE
                        + " MB are needed: free some space, or choose a work folder on another disk\\.");
    }
}
