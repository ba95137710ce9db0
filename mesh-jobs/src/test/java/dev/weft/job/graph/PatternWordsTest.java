package dev.weft.job.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.PatternsReader;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternWordsTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {step: a, times: 3}, {step: b}                                   | a ×3 › b, within 1m30s
            {step: a}, {step: b, absent: true}                               | a › no b, within 1m30s
            {step: a, absent: true}, {step: b}                               | no a › b, within 1m30s
            {step: a}, {step: b, times: 2..5}, {step: c}                     | a › b ×2..5 › c, within 1m30s
            {step: a}, {step: b, times: 0+}, {step: c}                       | a › perhaps b ×1+ › c, within 1m30s
            {step: a}, {step: b, contiguity: next, times: 3}                 | a › next b ×3, within 1m30s
            {step: a}, {step: b, contiguity: followedByAny}                  | a › any b, within 1m30s
            {group: {sequence: [{step: a}, {step: b}], times: 2}}, {step: c} | (a › b) ×2 › c, within 1m30s
            """)
    void saysWhatIsLookedFor(String steps, String words) {
        assertThat(PatternWords.of(pattern(steps, ""))).isEqualTo(words);
    }

    @Test
    void saysThatItIsNotLookedFor() {
        assertThat(PatternWords.of(pattern("{step: a}", "enabled: false, "))).isEqualTo("disabled: a, within 1m30s");
    }

    private static Pattern pattern(String steps, String more) {
        String text =
                "{id: p, %spartitionBy: subject, within: 90s, events: {where: {source: [s]}}, sequence: [%s], emit: {type: t}}"
                        .formatted(more, steps);
        Problems problems = new Problems();
        Node node = YamlReader.read("job.yaml", text, Substitution.from(Map.of()), problems)
                .orElseThrow();
        List<Pattern> patterns = PatternsReader.read(List.of(node), problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return patterns.get(0);
    }
}
