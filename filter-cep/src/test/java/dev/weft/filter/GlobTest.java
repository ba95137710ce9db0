package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void matchesWhatTheRegularExpressionMatches() {
        Random random = new Random(3);
        int matched = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = word(random, "ab*", 7).replaceAll("\\*+", "*");
            String text = word(random, "ab", 9);
            boolean expected = Pattern.matches(
                    pattern.chars()
                            .mapToObj(c -> c == '*' ? ".*" : String.valueOf((char) c))
                            .collect(Collectors.joining()),
                    text);
            assertThat(Glob.of(pattern).matches(text))
                    .as("%s of %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(5_000);
    }

    @Test
    void equalsByItsPattern() {
        assertThat(Glob.of("a*b"))
                .isEqualTo(Glob.of("a*b"))
                .hasSameHashCodeAs(Glob.of("a*b"))
                .hasToString("a*b");
        assertThat(Glob.of("a*b")).isNotEqualTo(Glob.of("a*c"));
    }

    private static String word(Random random, String letters, int longest) {
        return random.ints(random.nextInt(longest + 1), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
