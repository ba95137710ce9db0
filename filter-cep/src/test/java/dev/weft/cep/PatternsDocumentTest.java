package dev.weft.cep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

/** What {@code docs/patterns.md} shows is what the reader takes. */
class PatternsDocumentTest {

    private static final java.util.regex.Pattern BLOCK =
            java.util.regex.Pattern.compile("```yaml\\n(.*?)```", java.util.regex.Pattern.DOTALL);

    @Test
    void everyPatternShownIsValid() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/patterns.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(1);
        for (String block : blocks) {
            assertThat(WrittenPatterns.of(block).messages()).isEmpty();
        }
    }
}
