package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest(name = "{0} starts with \"{1}\"")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "abc, abc",
                "ab.c, ab",
                "abc*, ab",
                "abc?d, ab",
                "\"abc{0,2}\", ab",
                "abc+, abc",
                "a|b, \"\"",
                "ab(c|d)e, ab",
                "ab[|]c, ab",
                "ab[c|d, ab",
                "ab\\|c, ab|c",
                "\\., .",
                "a\\d, a",
                "^ab, ab",
                "\\Aab, ab",
                "(?i)ab, \"\"",
                "(ab), \"\"",
                "ab(?i)c, \"\"",
                "ab\\Qc|d\\E, ab",
                "ab[[:alpha:]|]c|d, \"\"",
                "ab[^]|]c, ab",
                "x{a}y, x{a}y",
                "a$, a",
            })
    void aMatchStartsWithTheLiteralsThatComeFirst(String expression, String start) {
        assertThat(ExpressionScan.of(expression).start()).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"a{1000}", "(a{100}){100}", "(a{100})(?i){100}", "[ab]{700}", "\"(ab|cd){200,}\"", "((a+){50}){50}"
            })
    void whatCompilesToMuchIsToldBeforeItIsCompiled(String expression) {
        assertThat(ExpressionScan.of(expression).mostInstructions())
                .isGreaterThanOrEqualTo(Pattern.compile(expression).programSize() / 2);
    }

    /** The start finds expressions in an index and is looked at first: it may be short, never wrong. */
    @Test
    void whatMatchesStartsSo() {
        Random random = new Random(20261121);
        String[] pieces = {
            "a", "b", "(", ")", "|", "*", "+", "?", ".", "[ab|]", "[^]a]", "\\|", "{2}", "{0,1}", "^", "(?i)"
        };
        String[] texts = {"", "a", "b", "ab", "ba", "aa", "abab", "a|b", "]", "|", "bb", "A", "aB", "a{2}"};
        int compared = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 1 + random.nextInt(6); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Optional<Pattern> pattern = compiled(text.toString());
            if (pattern.isPresent()) {
                Expression expression = Expression.of(text.toString());
                for (String each : texts) {
                    assertThat(expression.matches(each))
                            .as("%s of %s", text, each)
                            .isEqualTo(pattern.get().matches(each));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(100_000);
    }

    private static Optional<Pattern> compiled(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
