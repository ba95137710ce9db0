package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void looksAgainUntilThereIsAValue() throws Exception {
        var looks = new AtomicInteger();
        int value = Await.value(
                "three looks",
                Duration.ofSeconds(30),
                () -> Optional.of(looks.incrementAndGet()).filter(count -> count == 3));
        assertThat(value).isEqualTo(3);
    }

    @Test
    void saysWhatItWaitedForWhenItGivesUp() {
        assertThatThrownBy(() -> Await.until("rain", Duration.ZERO, () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("waited 0 s in vain for rain");
    }

    @Test
    void looksOnceEvenWithoutPatience() throws Exception {
        var looks = new AtomicInteger();
        Await.until("one look", Duration.ZERO, () -> looks.incrementAndGet() == 1);
        assertThat(looks).hasValue(1);
    }

    @Test
    void letsTheConditionsOwnFailureThrough() {
        assertThatThrownBy(() -> Await.until("a broken condition", Duration.ofSeconds(30), () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
