package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTextTest {

    private static final String EXAMPLE =
            Path.of("..", "job-configs", "examples", "orders.yaml").toString();

    @Test
    void aNumberThatNobodyReadsIsAMistakeInTheFile(@TempDir Path folder) throws Exception {
        Path event = Files.writeString(folder.resolve("event.json"), """
                {"specversion":"1.0","id":"1","source":"/shop","type":"t","data":{"n":1e99999999999}}""");

        Typed typed = Typed.weft("explain", EXAMPLE, "--event", event.toString());

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("event.json: a number that is none: ", "1e99999999999");
    }
}
