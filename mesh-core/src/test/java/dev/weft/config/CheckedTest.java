package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckedTest {

    private static final Location PLACE = new Location("f", 1, 2);

    @Test
    void isTheValueWhereNothingIsWrong() {
        Checked<String> checked = Checked.of(new Problems(), () -> "value");
        assertThat(checked.value()).contains("value");
        assertThat(checked.problems()).isEmpty();
    }

    @Test
    void doesNotMakeTheValueWhereSomethingIs() {
        Problems problems = new Problems();
        problems.add(PLACE, "$", "a", "b");
        Checked<String> checked = Checked.of(problems, () -> {
            throw new AssertionError("made a value from what could not be read");
        });
        assertThat(checked.value()).isEmpty();
        assertThat(checked.problems()).extracting(Problem::message).containsExactly("f:1:2: $: found a, expected b");
    }

    @Test
    void problemsComeInReadingOrderAndOnce() {
        Problems problems = new Problems();
        problems.add(new Location("f", 10, 1), "$", "c", "x");
        problems.add(new Location("f", 2, 9), "$", "b", "x");
        problems.add(new Location("f", 2, 1), "$", "a", "x");
        problems.add(new Location("f", 2, 1), "$", "a", "x");
        assertThat(problems.inReadingOrder()).extracting(Problem::found).containsExactly("a", "b", "c");
    }
}
