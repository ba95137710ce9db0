package dev.weft.job.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountedFilesTest {

    @Test
    void aConfigMapIsFilledByBytesAndNotByCharacters() {
        assertThat(config("e".repeat(600_000)).tooMuch()).isEmpty();
        assertThat(config("é".repeat(600_000)).tooMuch())
                .contains("found 1200000 bytes in the config and what it names, expected at most 1000000: a ConfigMap"
                        + " holds no more");
    }

    private static MountedFiles config(String text) {
        return MountedFiles.of(Path.of("jobs"), "shop.yaml", text, Map.of());
    }
}
