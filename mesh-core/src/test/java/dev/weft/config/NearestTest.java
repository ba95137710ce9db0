package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> NAMES = List.of("prefix", "suffix", "numeric", "to", "from");

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "prefx, prefix",
        "perfix, prefix",
        "PREFIX, prefix",
        "sufix, suffix",
        "form, from",
        "numerical, numeric",
        "too, to",
        "regex,",
        "xyz,",
        "'',",
        "profess,",
    })
    void suggestsWhatIsAFewEditsAway(String typed, String meant) {
        assertThat(Nearest.to(typed, NAMES)).isEqualTo(Optional.ofNullable(meant));
    }

    @Test
    void listsAtMostTwenty() {
        assertThat(Nearest.list(Collections.nCopies(22, "a"))).endsWith("a, a and 2 more");
        assertThat(Nearest.list(List.of("a"))).isEqualTo("a");
        assertThat(Nearest.list(List.of())).isEqualTo("nothing here");
    }
}
