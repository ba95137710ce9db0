package dev.weft.scale.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.control.Answer;
import dev.weft.scale.control.Memories;
import dev.weft.scale.control.ScaledQueue.Look;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectorMetricsTest {

    private static final ScaledObjectKey ORDERS = new ScaledObjectKey("shop", "orders");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private long failed;
    private final CollectorMetrics metrics = new CollectorMetrics(registry, new Forgetful());

    @Test
    void onlyDecisionsForAnotherSizeAreChanges() throws Exception {
        metrics.stepTaken(ORDERS, step(Verdict.HOLD));
        metrics.stepTaken(ORDERS, step(Verdict.UP));
        metrics.stepTaken(ORDERS, step(Verdict.SETTLING));

        assertThat(shown())
                .contains("weft_scaler_changes_total{verdict=\"UP\"} 1.0")
                .doesNotContain("HOLD", "SETTLING");
    }

    @Test
    void whatCouldNotBeKeptIsCounted() throws Exception {
        assertThat(shown()).contains("weft_scaler_state_failures_total 0.0");

        failed = 3;

        assertThat(shown()).contains("weft_scaler_state_failures_total 3.0");
    }

    private String shown() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ExpositionFormats.init().getPrometheusTextFormatWriter().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }

    private static Step step(Verdict verdict) {
        Decision decision = new Decision(Instant.EPOCH, verdict, true, 1, 1, 0, 0, 100, List.of("so"), List.of());
        Look look = new Look(Duration.ofSeconds(5), Duration.ofSeconds(5));
        return new Step(new Answer.Wanted(true, 1), Optional.of(decision), Map.of(), List.of(), look);
    }

    /** A topic that takes nothing. */
    private final class Forgetful implements Memories {

        @Override
        public Map<String, byte[]> load() {
            return Map.of();
        }

        @Override
        public void keep(String name, byte[] memory) {}

        @Override
        public long failed() {
            return failed;
        }
    }
}
