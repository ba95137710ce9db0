package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.Reason;
import dev.weft.function.FunctionObserver.Outcome;
import dev.weft.function.FunctionType;
import dev.weft.job.flink.NamedMetrics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.Test;

class FunctionMetricsTest {

    private static final FunctionType CART = FunctionType.parse("shop/cart");
    private static final FunctionType STOCK = FunctionType.parse("shop/stock");
    private static final long MILLISECOND = 1_000_000;

    private final NamedMetrics named = NamedMetrics.root();
    private final FunctionMetrics metrics = new FunctionMetrics(named);

    @Test
    void callsAreCountedByTheirTypeAndByHowTheyEnded() {
        metrics.called(CART, 10, MILLISECOND, Outcome.DONE);
        metrics.called(CART, 5, MILLISECOND, Outcome.DONE);
        metrics.called(CART, 5, MILLISECOND, Outcome.RETRIED);
        metrics.called(CART, 1, MILLISECOND, Outcome.GIVEN_UP);
        metrics.called(STOCK, 3, MILLISECOND, Outcome.UNDECLARED);

        assertThat(counted("weft.function."))
                .isEqualTo(Map.of(
                        "shop/cart.invocations", 15L,
                        "shop/cart.retried", 1L,
                        "shop/cart.failures", 1L,
                        "shop/stock.invocations", 0L,
                        "shop/stock.retried", 0L,
                        "shop/stock.failures", 0L));
    }

    @Test
    void everyCallCountsForTheLatencyOfItsType() {
        metrics.called(CART, 10, 2 * MILLISECOND, Outcome.DONE);
        metrics.called(CART, 10, 4 * MILLISECOND, Outcome.RETRIED);

        Histogram micros = requireNonNull(named.histograms().get("weft.function.shop/cart.latencyMicros"));
        assertThat(micros.getCount()).isEqualTo(2);
        assertThat(micros.getStatistics().getMin()).isEqualTo(2000);
        assertThat(micros.getStatistics().getMax()).isEqualTo(4000);
    }

    @Test
    void whatIsThereIsShownByType() {
        metrics.underWay(CART, 2);
        metrics.underWay(CART, -1);
        metrics.waiting(CART, 7);
        metrics.valueBytes(CART, 300);
        metrics.valueBytes(STOCK, 50);
        metrics.valueBytes(CART, -100);

        assertThat(named.shown())
                .isEqualTo(Map.of(
                        "weft.function.shop/cart.inFlight", 1,
                        "weft.function.shop/cart.backlog", 7,
                        "weft.function.shop/cart.stateBytes", 200L,
                        "weft.function.shop/stock.inFlight", 0,
                        "weft.function.shop/stock.backlog", 0,
                        "weft.function.shop/stock.stateBytes", 50L));
    }

    @Test
    void messagesAreCountedByWhereTheyCameFromAndWent() {
        metrics.ingress.inc(6);
        metrics.sentHere.inc(5);
        metrics.sentAway.inc(4);
        metrics.egress.inc(3);
        metrics.replayed.inc(2);
        metrics.deadLetters.count(Reason.FUNCTION_FAILED);

        assertThat(named.counts())
                .containsEntry("weft.ingress", 6L)
                .containsEntry("weft.sentHere", 5L)
                .containsEntry("weft.sentAway", 4L)
                .containsEntry("weft.egress", 3L)
                .containsEntry("weft.replayed", 2L)
                .containsEntry("weft.deadLettered", 1L)
                .containsEntry("weft.reason.function-failed.deadLettered", 1L);
    }

    @Test
    void theOperatorsNumbersAreAskedForWhenTheyAreRead() {
        long[] waiting = {1};
        metrics.show("waiting", () -> waiting[0]);

        waiting[0] = 9;

        assertThat(named.shown()).isEqualTo(Map.of("weft.waiting", 9L));
    }

    private Map<String, Long> counted(String prefix) {
        Map<String, Long> counted = new TreeMap<>();
        named.counts().forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                counted.put(name.substring(prefix.length()), count);
            }
        });
        return counted;
    }
}
